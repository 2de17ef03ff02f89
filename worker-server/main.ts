/** The server as a program: serves the built app and generates sound for it. */
import { runServer } from './run-server.ts';

await runServer();
