/** What `npm start` does: builds the app where it changed since the last time, then serves it. */
import { buildIfStale } from './build-if-stale.ts';

await buildIfStale('inherit');
await import('../worker-server/main.ts');
