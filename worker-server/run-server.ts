import { join } from 'node:path';
import { goPublic, prepareForPublic, publicMessage } from './public/go-public.ts';
import { readSettings, settingsHelp } from './settings.ts';
import { startServer } from './start-server.ts';

/**
 * Runs the server as a program: reads flags and the environment, opens the port, and stops on SIGINT and SIGTERM.
 * @param prepare Runs before the server starts, once the settings are valid.
 */
export async function runServer(prepare?: () => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    if (settings === 'help') {
      console.log(settingsHelp());
      return;
    }
    const isPublic = settings.PUBLIC === 'on';
    const { isNewToken } = isPublic ? prepareForPublic(settings) : { isNewToken: false };
    await prepare?.();
    const server = await startServer(settings, { buildFolder: join(import.meta.dirname, '../build') });
    console.log(`Immersivaudio is at ${server.url} (Ctrl+C stops it).`);
    if (!server.canGenerate) {
      console.log('Other machines get the app only: with a TOKEN they may let this one make sound as well.');
    }
    const stop = () => void server.close().finally(() => process.exit());
    if (isPublic) {
      const tunnel = await goPublic(settings, Number(new URL(server.url).port)).catch(
        async (error: unknown) => {
          await server.close();
          throw error;
        },
      );
      console.log(publicMessage(tunnel, isNewToken ? settings.TOKEN : null));
      process.once('exit', () => tunnel[Symbol.dispose]());
      void tunnel.ended.then(() => {
        console.error(`${tunnel.name} ended: the app can no longer be reached from outside.`);
      });
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, stop);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
