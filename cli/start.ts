/** What `npm start` does: builds the app where it changed since the last time, then serves it. */
import { runServer } from '../worker-server/run-server.ts';
import { buildIfStale } from './build-if-stale.ts';

await runServer(() => buildIfStale('inherit'));
