/** Discord names an attachment's type after the file's extension; a file that it doesn't know has none. */
const BY_EXTENSION: Record<string, string> = {
  aac: 'audio/aac',
  flac: 'audio/flac',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json; charset=utf-8',
  lrc: 'text/plain; charset=utf-8',
  m4a: 'audio/mp4',
  mid: 'audio/midi',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  srt: 'text/plain; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  wav: 'audio/x-wav',
  webm: 'video/webm',
  webp: 'image/webp',
  zip: 'application/zip',
};

/** `declared`: the part's own Content-Type, believed only where the name says nothing. */
export function contentType(filename: string, declared?: string): string | undefined {
  const known = BY_EXTENSION[filename.split('.').at(-1)?.toLowerCase() ?? ''];
  if (known !== undefined) return known;
  return declared === undefined || declared === '' || declared === 'application/octet-stream'
    ? undefined
    : declared;
}
