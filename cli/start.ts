/** What `npm start` does: builds the app where it changed since the last time, then serves it. */
import { runServer } from '../worker-server/run-server.ts';
import { buildIfStale } from './build-if-stale.ts';

// Who reads along wants sentences; where the log is kept, it is to be whole.
if (process.stderr.isTTY) process.env['LOG_LEVEL'] ??= 'warn';
await runServer(() => buildIfStale(console.log));
