/** The server with the synthesiser as a program, for the bench. Settings come from the environment. */
import { makeTinyBuild } from '../fixtures/tiny-build.ts';
import { readSettings } from '../../worker-server/settings.ts';
import { startServer } from '../../worker-server/start-server.ts';

const settings = readSettings([], process.env);
if (settings === 'help') throw new TypeError('The bench needs a server, not help.');
const build = makeTinyBuild();
const server = await startServer(settings, { buildFolder: build.folder });
process.once('SIGTERM', () => {
  void server.close().then(() => {
    build[Symbol.dispose]();
    process.exit();
  });
});
console.log(new URL(server.url).port);
