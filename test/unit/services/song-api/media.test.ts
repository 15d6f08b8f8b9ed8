import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/services/clock.ts';
import { Media, MediaError } from '../../../../src/services/song-api/media.ts';
import { listeningLog } from '../../../support/quiet.ts';
import { tempDir } from '../../../support/temp-dir.ts';
import { answering, WebServer } from '../../../support/web-server.ts';

const cap = 1000;

let server: WebServer;
let path: string;
const opened: Media[] = [];

beforeEach(async () => {
  server = await new WebServer().start();
  path = join(tempDir(), 'song');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((media) => media.close()));
  await server.stop();
});

function mediaTrusting(...hosts: string[]): Media {
  const media = new Media({
    clock: systemClock,
    log: listeningLog().log,
    trustedHosts: new Set(hosts),
    retryDelaysMs: [0, 0],
  });
  opened.push(media);
  return media;
}

async function failureOf(address: string, media = mediaTrusting(server.host)): Promise<MediaError> {
  try {
    await media.download(address, path, cap);
  } catch (error) {
    if (error instanceof MediaError) return error;
    throw error;
  }
  throw new Error('it was downloaded');
}

const song = () => `${server.url}/song.m4a`;

describe('a download', () => {
  it('writes the file for its owner only, over what was there, and tells its size', async () => {
    server.handle = answering(200, 'audio');
    writeFileSync(path, 'an older and longer file', { mode: 0o600 });
    await expect(mediaTrusting(server.host).download(song(), path, cap)).resolves.toBe(5);
    expect(readFileSync(path, 'utf8')).toBe('audio');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("never carries the song API's key, nor anything else about us", async () => {
    server.handle = answering(200, 'audio');
    await mediaTrusting(server.host).download(song(), path, cap);
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('waits for a file that lags behind its record', async () => {
    const answers = [answering(404, ''), answering(403, ''), answering(200, 'audio')];
    server.handle = (request, response) => answers.shift()?.(request, response);
    await expect(mediaTrusting(server.host).download(song(), path, cap)).resolves.toBe(5);
    expect(server.requests).toHaveLength(3);
  });

  it.each([404, 403, 410, 500, 503, 204])('gives up after its tries: %i', async (status) => {
    server.handle = answering(status, '');
    expect((await failureOf(song())).kind).toBe('gone');
    expect(server.requests).toHaveLength(3);
    expect(existsSync(path)).toBe(false);
  });

  it('is not waited for once somebody has called it off', async () => {
    const calledOff = new AbortController();
    server.handle = (request, response) => {
      calledOff.abort();
      answering(404, '')(request, response);
    };
    const download = mediaTrusting(server.host).download(song(), path, cap, calledOff.signal);
    await expect(download).rejects.toThrow(MediaError);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a file that is too large', () => {
  it('is not fetched when it says so', async () => {
    server.handle = (_request, response) => {
      response.writeHead(200, { 'content-length': String(cap + 1) }).write('x');
    };
    expect((await failureOf(song())).kind).toBe('too-large');
    expect(existsSync(path)).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('is cut off when it says nothing', async () => {
    server.handle = (_request, response) => {
      for (let n = 0; n < 3; n += 1) response.write('x'.repeat(cap / 2));
      response.end();
    };
    expect((await failureOf(song())).kind).toBe('too-large');
    expect(existsSync(path)).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('begins one byte above the cap', async () => {
    server.handle = answering(200, 'x'.repeat(cap));
    await expect(mediaTrusting(server.host).download(song(), path, cap)).resolves.toBe(cap);
  });
});

describe('a file that breaks off', () => {
  it('is fetched again, and leaves no torso', async () => {
    server.handle = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x'.repeat(50), () => response.destroy());
    };
    expect((await failureOf(song())).kind).toBe('gone');
    expect(server.requests).toHaveLength(3);
    expect(existsSync(path)).toBe(false);
  });

  it('is whole on the second try', async () => {
    let tries = 0;
    server.handle = (request, response) => {
      tries += 1;
      if (tries > 1) answering(200, 'audio')(request, response);
      else response.write('au', () => response.destroy());
    };
    await expect(mediaTrusting(server.host).download(song(), path, cap)).resolves.toBe(5);
    expect(readFileSync(path, 'utf8')).toBe('audio');
  });

  it('counts as not there when it is empty', async () => {
    server.handle = answering(200, '');
    expect((await failureOf(song())).kind).toBe('gone');
    expect(existsSync(path)).toBe(false);
  });
});

describe('a redirect', () => {
  const to = (location: string) => answering(302, '', { location });

  it('is followed, relative ones too', async () => {
    server.handle = (request, response) =>
      (request.path === '/moved' ? answering(200, 'audio') : to('/moved'))(request, response);
    await expect(mediaTrusting(server.host).download(song(), path, cap)).resolves.toBe(5);
  });

  it('in a circle ends', async () => {
    server.handle = to('/song.m4a');
    expect((await failureOf(song())).kind).toBe('refused');
    expect(server.requests).toHaveLength(4);
  });

  it.each([
    'https://127.0.0.1/a',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/a',
    'http://media.example/a',
    'file:///etc/passwd',
    'https://localhost/a',
  ])('to %s is refused', async (location) => {
    server.handle = to(location);
    expect((await failureOf(song())).kind).toBe('refused');
    expect(server.requests).toHaveLength(1);
  });

  it('is no way around the list: another port of a trusted host is refused', async () => {
    const neighbour = await new WebServer().start();
    server.handle = to(`${neighbour.url}/a`);
    expect((await failureOf(song())).kind).toBe('refused');
    expect(neighbour.connections).toBe(0);
    await neighbour.stop();
  });
});

describe('an address', () => {
  it('that nobody trusts is refused before anything is sent', async () => {
    expect((await failureOf(song(), mediaTrusting())).kind).toBe('refused');
    expect(server.connections).toBe(0);
  });

  it('whose name leads home is refused where the connection is made', async () => {
    const home = `https://localhost:${server.port}/song.m4a`;
    expect((await failureOf(home, mediaTrusting())).kind).toBe('refused');
    expect(server.connections).toBe(0);
  });
});
