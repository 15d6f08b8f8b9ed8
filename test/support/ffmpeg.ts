import { spawnSync } from 'node:child_process';

/** The independent maker and reader of audio files. Its tests are skipped where it isn't installed. */
export const hasFfmpeg = ['ffmpeg', 'ffprobe'].every(
  (name) => spawnSync(name, ['-version']).error === undefined,
);
if (!hasFfmpeg) console.log('ffmpeg is not installed: tests that need it are skipped');

function run(name: 'ffmpeg' | 'ffprobe', args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(name, ['-v', 'error', ...args], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return stdout;
}

/** Makes `path` from a sweep with a bit of noise, in stereo; `as` are ffmpeg's options for the file. */
export function makeSong(path: string, seconds: number, as: readonly string[]): string {
  const sound = `aevalsrc=0.4*sin(200*t*(4+t))|0.3*sin(700*t)+0.1*random(0):s=48000:d=${seconds}`;
  run('ffmpeg', ['-y', '-f', 'lavfi', '-i', sound, '-metadata', 'title=Before', ...as, path]);
  return path;
}

/** A picture of stripes. */
export function makePicture(path: string, size = 320): string {
  run('ffmpeg', ['-y', '-f', 'lavfi', '-i', `testsrc=s=${size}x${size}:d=1`, '-frames:v', '1', path]);
  return path;
}

/** Fingerprints of the song's packets as they stand in the file, and of what is heard. */
export function soundOf(path: string): { packets: string; heard: string } {
  const md5 = (how: readonly string[]): string =>
    run('ffmpeg', ['-i', path, '-map', '0:a', ...how, '-f', 'md5', '-']);
  return { packets: md5(['-c', 'copy']), heard: md5([]) };
}

interface Probed {
  format: { duration: string; format_name: string; tags?: Record<string, string> };
  streams: {
    codec_name: string;
    sample_rate?: string;
    channels?: number;
    bit_rate?: string;
    width?: number;
    tags?: Record<string, string>;
    disposition: { attached_pic: number };
  }[];
}

export function ffprobe(path: string): Probed {
  return JSON.parse(run('ffprobe', ['-show_format', '-show_streams', '-of', 'json', path])) as Probed;
}

/** Tags by their names in lower case; Ogg has them at its stream. */
export function tagsOf(path: string): Record<string, string> {
  const { format, streams } = ffprobe(path);
  const all = Object.entries({ ...streams[0]?.tags, ...format.tags });
  return Object.fromEntries(all.map(([name, value]) => [name.toLowerCase(), value]));
}
