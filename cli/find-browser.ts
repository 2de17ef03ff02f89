import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** There is no browser on this machine that could do the work. */
export class NoBrowserError extends Error {
  override name = 'NoBrowserError';
}

/**
 * The path of a Chromium to drive: CHROMIUM_PATH, Playwright's own download, or one that the system has.
 * @throws NoBrowserError with one sentence on how to get one.
 */
export function findBrowser(): string {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted && existsSync(wanted)) return wanted;
  if (wanted) throw new NoBrowserError(`CHROMIUM_PATH names ${wanted}, but there is no such file.`);
  const found = [chromium.executablePath(), ...CANDIDATES].find((path) => existsSync(path));
  if (found) return found;
  throw new NoBrowserError(
    'No Chromium was found: run "npx playwright install chromium" or "apt-get install chromium", or set CHROMIUM_PATH.',
  );
}
