import { DiscordAPIError } from 'discord.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger, describeError } from '../../../src/services/logger.ts';

const secret = 'MTA.very-secret.token';
const interactionToken = 'aW50ZXJhY3Rpb246MTIz.x-_y';

/** What a log writes, as one text. */
function written(write: (log: ReturnType<typeof createLogger>) => void, secrets = [secret]): string {
  let text = '';
  const destination = { write: (line: string) => void (text += line) };
  write(createLogger({ level: 'trace', secrets, destination }));
  return text;
}

/** As discord.js throws it: with the request's body, and the interaction's token in the address. */
function discordError(): DiscordAPIError {
  const url = `https://discord.com/api/v10/webhooks/500000000000000005/${interactionToken}/messages/@original`;
  const raw = {
    code: 50_035,
    message: 'Invalid Form Body',
    errors: { content: { _errors: [{ code: 'X', message: 'my secret love' }] } },
  };
  const body = { files: undefined, body: { content: 'a song about my secret love' } };
  return new DiscordAPIError(raw, 50_035, 400, 'PATCH', url, body);
}

describe('a log line', () => {
  it('is one JSON object with a level in words and a time', () => {
    const line = JSON.parse(written((log) => log.info({ jobId: 'x' }, 'job changed'))) as object;
    expect(line).toMatchObject({ level: 'info', jobId: 'x', msg: 'job changed' });
    expect(line).toHaveProperty('time', expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
  });

  it('is not written below the level', () => {
    let lines = 0;
    const destination = { write: () => void (lines += 1) };
    const log = createLogger({ level: 'warn', secrets: [], destination });
    log.info('quiet');
    log.warn('loud');
    expect(lines).toBe(1);
  });
});

describe('a secret', () => {
  it.each<[string, Parameters<typeof written>[0]]>([
    ['the message', (log) => log.warn(`the token is ${secret}!`)],
    ['a field', (log) => log.warn({ token: secret }, 'x')],
    ['a nested field', (log) => log.warn({ config: { list: [secret] } }, 'x')],
    ['the name of a field', (log) => log.warn({ [secret]: 1 }, 'x')],
    ["an error's message", (log) => log.error({ err: new Error(`bad ${secret}`) }, 'x')],
    ["an error's cause", (log) => log.error({ err: new Error('x', { cause: new Error(secret) }) }, 'x')],
    ['a child', (log) => log.child({ with: secret }).info('x')],
    ['two places', (log) => log.info({ a: secret, b: `${secret}${secret}` }, secret)],
  ])('never appears: in %s', (_, write) => {
    const text = written(write);
    expect(text).toContain('[secret]');
    expect(text).not.toContain(secret);
  });

  it('leaves the line readable JSON', () => {
    expect(() => JSON.parse(written((log) => log.info({ a: secret }, secret))) as unknown).not.toThrow();
  });

  it('of any kind never appears, and leaves readable JSON', () => {
    const plain = fc.string({
      minLength: 8,
      maxLength: 40,
      unit: fc.constantFrom(...'abcXYZ019-_.+/=!#$%&()*:;<>?@[]^{|}~,'.split('')),
    });
    fc.assert(
      fc.property(plain, (key) => {
        const text = written((log) => log.info({ key, url: `https://x/?key=${key}` }, 'x'), [key]);
        expect(text).not.toContain(key);
        JSON.parse(text);
      }),
    );
  });

  it.each(['quote"in-it-123', 'back\\slash-123'])('never appears in its escaped form: %s', (key) => {
    const line = JSON.parse(written((log) => log.info({ key }, 'x'), [key])) as { key: string };
    expect(line.key).not.toBe(key);
  });

  it('that is empty or a common word cuts nothing out', () => {
    expect(written((log) => log.info('job changed'), ['', 'job'])).toContain('job changed');
  });
});

describe("an interaction's token", () => {
  it.each([
    `https://discord.com/api/v10/interactions/400000000000000001/${interactionToken}/callback`,
    `https://discord.com/api/v10/webhooks/500000000000000005/${interactionToken}/messages/@original`,
    `https://discord.com/api/v10/webhooks/500000000000000005/${interactionToken}`,
    `/webhooks/500000000000000005/${interactionToken}?wait=true`,
  ])('is cut out of %s', (url) => {
    const text = written((log) =>
      log.warn({ url, err: new Error(`no answer from ${url}`) }, `asking ${url}`),
    );
    expect(text).not.toContain(interactionToken);
    expect(text).toContain('[token]');
  });
});

describe("discord.js' errors", () => {
  it('are told without what the member wrote and without the token', () => {
    const text = written((log) => log.error({ err: discordError() }, 'not delivered'));
    expect(text).not.toContain('secret love');
    expect(text).not.toContain(interactionToken);
    expect(JSON.parse(text)).toMatchObject({
      err: { name: 'DiscordAPIError[50035]', code: 50_035, status: 400, method: 'PATCH' },
    });
  });

  it('are told the same as the cause of another', () => {
    const text = written((log) => log.error({ err: new Error('no road', { cause: discordError() }) }, 'x'));
    expect(text).not.toContain('secret love');
    expect(text).toContain('DiscordAPIError[50035]');
  });

  it('are told the same under another name', () => {
    const text = written((log) => log.error({ error: discordError() }, 'x'));
    expect(text).not.toContain('secret love');
  });

  it('are told the same when they are logged by themselves', () => {
    const text = written((log) => log.error(discordError(), 'not delivered'));
    expect(text).not.toContain('secret love');
    expect(text).not.toContain(interactionToken);
  });

  it('are told the same when they are logged without a sentence', () => {
    expect(written((log) => log.error(discordError()))).not.toContain('secret love');
  });
});

describe('an error', () => {
  it('keeps its name, message, code and frames', () => {
    const error = Object.assign(new TypeError('no such file'), { code: 'ENOENT' });
    expect(describeError(error)).toMatchObject({
      name: 'TypeError',
      message: 'no such file',
      code: 'ENOENT',
      stack: expect.stringContaining('logger.test.ts') as string,
    });
  });

  it('of the JSON parser is told without what it read', () => {
    let error: unknown;
    try {
      JSON.parse('my secret love');
    } catch (thrown) {
      error = thrown;
    }
    expect(JSON.stringify(describeError(error))).not.toMatch(/secret|love/);
  });

  it('that is its own cause ends somewhere', () => {
    const error = new Error('circle');
    error.cause = error;
    expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
  });

  it.each([['text'], [{ body: 'text' }], [null], [undefined], [5]])(
    'that is none is told by its kind alone: %j',
    (thrown) => {
      expect(describeError(thrown)).toBe(typeof thrown);
    },
  );
});
