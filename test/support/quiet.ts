import { createLogger, type Logger } from '../../src/services/logger.ts';

/** The real logger, writing into an array. */
export function listeningLog(level = 'trace'): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  };
  return { log: createLogger({ level, secrets: [], destination }), lines };
}
