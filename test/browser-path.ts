import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a Chromium to drive: CHROMIUM_PATH, Playwright's own download, or one that the system has.
 * @throws Error with one sentence on how to get one.
 */
export function findBrowser(): string {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted) return wanted;
  const found = [chromium.executablePath(), ...CANDIDATES].find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'No Chromium was found: run "npx playwright install chromium" or "apt-get install chromium", or set CHROMIUM_PATH.',
  );
}
