/**
 * pino with two rules: messages are constant sentences with fields beside them, and nothing secret or private gets
 * in. Errors are reduced to what an operator needs: discord.js' carry the whole request body (with the member's
 * words) and the interaction token in their address.
 */
import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  level: string;
  /** Cut out of every line, wherever they turn up. */
  secrets: readonly string[];
  /** Standard output when absent. */
  destination?: DestinationStream | undefined;
}

export function createLogger(options: LoggerOptions): Logger {
  const write = options.destination ?? pino.destination({ fd: 1, sync: true });
  const redacted: DestinationStream = { write: (line) => write.write(redact(line, options.secrets)) };
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describe, error: describe, cause: describe },
      hooks: {
        logMethod(given, method) {
          // An error alone would become the line's sentence, with whatever a member wrote in it.
          const [first] = given;
          if (given.length === 1 && isError(first)) method.call(this, { err: first }, 'an error');
          else method.apply(this, given);
        },
      },
    },
    redacted,
  );
}

/** Interaction and webhook tokens stand in addresses: /interactions/ID/TOKEN/callback, /webhooks/ID/TOKEN/… */
const tokenInAddress = /(\/(?:interactions|webhooks)\/\d+\/)[\w.-]+/g;
const shortestSecret = 8;

function redact(line: string, secrets: readonly string[]): string {
  let clean = line.replaceAll(tokenInAddress, '$1[token]');
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    // In JSON a quote or a backslash stands escaped.
    clean = clean.replaceAll(secret, '[secret]').replaceAll(JSON.stringify(secret).slice(1, -1), '[secret]');
  }
  return clean;
}

const isError = (value: unknown): value is Error => value instanceof Error;
const describe = (error: unknown): unknown => describeError(error);

interface DescribedError {
  name: string;
  message?: string;
  code?: string | number;
  status?: number;
  method?: string;
  url?: string;
  stack?: string;
  cause?: DescribedError | string;
}

/** Names, codes and frames; never request bodies, and no message of a kind that may repeat what a member wrote. */
export function describeError(error: unknown, depth = 0): DescribedError | string {
  if (!(error instanceof Error)) return typeof error;
  const field = (name: string): unknown => Reflect.get(error, name);
  const text = (name: string): string | undefined => {
    const value = field(name);
    return typeof value === 'string' ? value : undefined;
  };
  const code = field('code');
  const status = field('status') ?? field('statusCode');
  const quotesInput = error.name === 'SyntaxError' || error.name.startsWith('DiscordAPIError');
  const frames = error.stack?.slice(error.stack.indexOf('\n    at ') + 1);
  return {
    name: error.name,
    ...(quotesInput ? {} : { message: error.message }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(text('method') === undefined ? {} : { method: text('method') as string }),
    ...(text('url') === undefined ? {} : { url: text('url') as string }),
    ...(frames === undefined ? {} : { stack: frames }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
