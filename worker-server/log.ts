import pino, { type Logger } from 'pino';
import type { Settings } from './settings.ts';

export type Log = Logger;

/**
 * Opens the log: one line of JSON per entry on stderr. It must not contain prompts, pictures, addresses, tokens or complete
 * job ids.
 */
export function openLog(level: Settings['LOG_LEVEL']): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
