import { join } from 'node:path';
import { readSettings, settingsHelp } from './settings.ts';
import { startServer } from './start-server.ts';

/**
 * Runs the server as a program: reads flags and the environment, opens the port, and stops when it is asked to.
 * @param prepare What is to be done before, once the settings are known to be good.
 */
export async function runServer(prepare?: () => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    if (settings === 'help') {
      console.log(settingsHelp());
      return;
    }
    await prepare?.();
    const server = await startServer(settings, { buildFolder: join(import.meta.dirname, '../build') });
    console.log(`Immersivaudio is at ${server.url} (Ctrl+C stops it).`);
    if (!server.canGenerate) {
      console.log('Other machines get the app only: with a TOKEN they may let this one make sound as well.');
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.close().finally(() => process.exit()));
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
