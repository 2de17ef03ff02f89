import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import playwright from 'playwright-core/package.json' with { type: 'json' };

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
  const found = browserIfAny();
  if (!found) throw new NoBrowserError(whyNoBrowser());
  return found;
}

/** The same path, or null where there is no browser; a CHROMIUM_PATH that leads nowhere is replaced by no other. */
export function browserIfAny(): string | null {
  const wanted = process.env['CHROMIUM_PATH'];
  const places = wanted ? [wanted] : [chromium.executablePath(), ...CANDIDATES];
  return places.find((path) => existsSync(path)) ?? null;
}

/** What was wanted where there is no browser, and how to get one: one sentence. */
export function whyNoBrowser(): string {
  const wanted = process.env['CHROMIUM_PATH'];
  const why = wanted
    ? `CHROMIUM_PATH names ${wanted}, but there is no such file`
    : 'A Chromium was wanted, and none was found';
  // Another version of Playwright would fetch another Chromium, and put it where this one doesn't look.
  const install = `npx playwright-core@${playwright.version} install chromium`;
  return `${why}: run "${install}" or "apt-get install chromium", or set CHROMIUM_PATH to one.`;
}
