import { join } from 'node:path';
import { goPublic, prepareForPublic, publicMessage } from './public/go-public.ts';
import { readSettings, settingsHelp, type SettingDefaults, type Settings } from './settings.ts';
import { startServer } from './start-server.ts';

/** The program that the server runs as; left out, what is usual for `npm start`. */
export interface ServerProgram {
  /** How it is started, for `--help`; flags follow. */
  command?: string;
  args?: string[];
  defaults?: SettingDefaults;
  /** Runs before the server starts, once the settings are valid. */
  prepare?: (settings: Settings) => Promise<void>;
}

/** Runs the server as a program: reads flags and the environment, opens the port, and stops on SIGINT and SIGTERM. */
export async function runServer({ command, args, defaults, prepare }: ServerProgram = {}): Promise<void> {
  try {
    const settings = readSettings(args ?? process.argv.slice(2), process.env, defaults);
    if (settings === 'help') {
      console.log(settingsHelp(command, defaults));
      return;
    }
    if (settings.MODELS.length > 0 && !prepare) {
      throw new TypeError('MODELS are fetched by npm start; this program serves those that the build has.');
    }
    const isPublic = settings.PUBLIC === 'on';
    const { isNewToken } = isPublic ? prepareForPublic(settings) : { isNewToken: false };
    await prepare?.(settings);
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
