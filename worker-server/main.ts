/** Serves the app that was built before, and makes sound for it. */
import { runServer } from './run-server.ts';

await runServer();
