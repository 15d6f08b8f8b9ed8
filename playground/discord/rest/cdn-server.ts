import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../../faults.ts';
import type { Cdn } from '../model/cdn.ts';

export function isCdnPath(path: string): boolean {
  return /^\/(ephemeral-)?attachments\//.test(path);
}

/** Serves attachments: whole, or the range that an audio player asks for. */
export async function serveCdn(
  cdn: Cdn,
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const fault = faults.take({ method: request.method ?? 'GET', path: url.pathname });
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'drop' || fault?.kind === 'drop-after') return void request.socket.destroy();
  if (fault?.kind === 'delay') await sleep(fault.ms);
  if (fault?.kind === 'answer') {
    const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? '');
    return void response.writeHead(fault.status, fault.headers).end(body);
  }
  const file = cdn.open(url.pathname, url.searchParams);
  if (file === undefined) return void response.writeHead(404).end('This content is no longer available.');
  const bytes = file.bytes();
  const [start, end] = rangeOf(request.headers.range, bytes.length) ?? [0, bytes.length - 1];
  const isPart = request.headers.range !== undefined && bytes.length > 0;
  if (start > end && isPart)
    return void response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
  const part = bytes.subarray(start, end + 1);
  response.writeHead(isPart ? 206 : 200, {
    'Content-Type': file.content_type ?? 'application/octet-stream',
    'Content-Length': part.length,
    'Accept-Ranges': 'bytes',
    'Access-Control-Allow-Origin': '*',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
    ...(isPart ? { 'Content-Range': `bytes ${start}-${end}/${bytes.length}` } : {}),
  });
  if (request.method === 'HEAD') return void response.end();
  if (fault?.kind !== 'truncate') return void response.end(part);
  response.write(part.subarray(0, part.length / 2), () => response.socket?.destroy());
}

/** `bytes=a-b`, `bytes=a-` or `bytes=-n`, both ends included. */
function rangeOf(header: string | undefined, size: number): [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '') return [Math.max(0, size - Number(to)), size - 1];
  return [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
}
