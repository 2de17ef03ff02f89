/** The worker as a program: generates sound for servers that share a Redis: `REDIS_URL=redis://… npm run worker`. */
import { runWorkerProgram } from './scale/run-worker-program.ts';

await runWorkerProgram();
