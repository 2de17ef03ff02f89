/** Serves the built app: reads HOST and PORT, opens the port, and stops when it is asked to. */
import { join } from 'node:path';
import { createApp } from './app.ts';
import { readEnvironment } from './environment.ts';
import { listen } from './listen.ts';

try {
  const environment = readEnvironment(process.env);
  const app = createApp({ buildFolder: join(import.meta.dirname, '../build') });
  const server = await listen(app, environment);
  console.log(`Immersivaudio is at ${server.url} (Ctrl+C stops it).`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
