import { homedir } from 'node:os';
import { join } from 'node:path';
import { runServer } from '../worker-server/run-server.ts';
import { buildIfStale } from './build-if-stale.ts';
import { fetchModels } from './fetch-models.ts';
import { IS_PACKAGE } from './root.ts';

/**
 * Serves the app, which is built first where it changed since the last time.
 * @param command How the server is started, for its `--help`.
 * @param args Flags of the server; each is an environment variable too.
 */
export async function serve(command: string, args: string[]): Promise<void> {
  // Who reads along wants sentences; where the log is kept, it is to be whole.
  if (process.stderr.isTTY) process.env['LOG_LEVEL'] ??= 'warn';
  await runServer({
    command,
    args,
    // What lies in the folder of a package goes with its next version.
    ...(IS_PACKAGE && { defaults: { DATA_DIR: join(homedir(), '.immersivaudio') } }),
    prepare: async ({ MODELS }) => {
      await fetchWanted(MODELS);
      await buildIfStale(console.log);
    },
  });
}

/** Without a network the app is served with what is there. */
async function fetchWanted(names: readonly string[]): Promise<void> {
  try {
    await fetchModels(names, { tell: console.log });
  } catch (error) {
    if (error instanceof TypeError) throw error;
    console.error(`${(error as Error).message} The app starts with the models that are there.`);
  }
}
