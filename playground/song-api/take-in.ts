import type { UpstreamJob } from './upstream-job.ts';

/** The only machine that an emulator may ask: this one. */
const own = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Fetches what an upload names and serves it as the clip's audio; the job waits for it. */
export async function takeIn(address: string | null, job: UpstreamJob): Promise<void> {
  job.ready = false;
  try {
    const url = new URL(address ?? '');
    if (!own.has(url.hostname)) throw new Error(`${url.hostname} is not this machine`);
    const response = await fetch(url, { redirect: 'error' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
    const bytes = Buffer.from(await response.arrayBuffer());
    for (const clip of job.clips) clip.file = { content: async () => bytes, contentType };
  } catch {
    job.failure = 'audio_url can not be downloaded';
  }
  job.ready = true;
}
