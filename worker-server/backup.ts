/** Program that backs up and restores links: `node worker-server/backup.ts save|restore <folder> [server flags]`. */
import { readSettings } from './settings.ts';
import { backUpShares, restoreShares } from './shares/back-up.ts';

const USAGE = 'Wanted: save or restore, and a folder. Settings are those of the server, such as DATA_DIR.';

try {
  const [verb, folder, ...flags] = process.argv.slice(2);
  const settings = readSettings(flags, process.env);
  if (settings === 'help' || folder === undefined || (verb !== 'save' && verb !== 'restore')) {
    throw new TypeError(USAGE);
  }
  const count = await (verb === 'save' ? backUpShares : restoreShares)(settings, folder);
  console.log(`${count} ${count === 1 ? 'link is' : 'links are'} ${verb === 'save' ? 'saved' : 'restored'}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
