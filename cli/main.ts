/** The command line: reads the arguments, runs the files, says by the exit code how it went. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments, UsageError } from './arguments.ts';
import { NoBrowserError } from './find-browser.ts';
import { HELP } from './help.ts';
import { runFiles } from './run-files.ts';

try {
  const request = parseArguments(process.argv.slice(2));
  if (request === 'help') process.stdout.write(HELP);
  else if (request === 'version') console.log(readVersion());
  else process.exitCode = (await runFiles(request)) > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error('See immersivaudio --help.');
  process.exitCode = error instanceof UsageError ? 2 : error instanceof NoBrowserError ? 3 : 1;
}

function readVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
