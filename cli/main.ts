/** The command line: reads the arguments, serves the app or runs the files, says by the exit code how it went. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from './arguments.ts';
import { HELP } from './help.ts';
import { ROOT } from './root.ts';

const EXIT_CODES: Record<string, number> = { UsageError: 2, NoBrowserError: 3 };

const [command, ...rest] = process.argv.slice(2);
if (command === 'serve') {
  const { serve } = await import('./serve.ts');
  await serve('immersivaudio serve', rest);
} else await runCommand(process.argv.slice(2));

async function runCommand(words: string[]): Promise<void> {
  try {
    const request = parseArguments(words);
    if (request === 'help') process.stdout.write(HELP);
    else if (request === 'version') console.log(readVersion());
    else {
      // The server and Playwright take a second to load, and help needs neither.
      const { runFiles } = await import('./run-files.ts');
      process.exitCode = (await runFiles(request)) > 0 ? 1 : 0;
    }
  } catch (error) {
    const { name, message } = error as Error;
    console.error(message);
    if (name === 'UsageError') console.error('See immersivaudio --help.');
    process.exitCode = EXIT_CODES[name] ?? 1;
  }
}

function readVersion(): string {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
