import pino, { type Logger } from 'pino';
import type { Settings } from './settings.ts';

export type Log = Logger;

/**
 * The server's log: one line of JSON per event on the standard error. Nobody's words, pictures, addresses, tokens or
 * whole job ids belong in it.
 */
export function openLog(level: Settings['LOG_LEVEL']): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
