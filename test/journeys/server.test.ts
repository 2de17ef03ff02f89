import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { BUILD_FOLDER } from '../../cli/build-if-stale.ts';
import { startServer, type RunningServer } from '../../worker-server/start-server.ts';
import {
  axeFaults,
  firstTake,
  hasJourneys,
  keepScreenshot,
  overflowPixels,
  SIZES,
  skipHints,
} from '../fixtures/journey.ts';
import { openCountingProxy, type CountingProxy } from '../fixtures/server/counting-proxy.ts';
import { testSettings } from '../fixtures/server/test-settings.ts';
import { TickEngine } from '../fixtures/server/tick-engine.ts';

const MINUTES = 60_000;
/** Handshake, greeting and pings: what a line costs besides what is asked over it. */
const LINE_BYTES = 3000;

const engine = new TickEngine();
const dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-data-'));
let server: RunningServer;
let proxy: CountingProxy;
let browser: Browser;

/** What a page says over sockets: messages, and how many bytes each had. */
interface Said {
  messages: { t: string; bytes: number }[];
  /** Binary frames, bytes each. */
  binary: number[];
}

async function open(options: BrowserContextOptions = {}, prepare?: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const said: Said = { messages: [], binary: [] };
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string') said.binary.push(payload.length);
      else
        said.messages.push({
          t: (JSON.parse(payload) as { t: string }).t,
          bytes: Buffer.byteLength(payload),
        });
    }),
  );
  await prepare?.(page);
  await page.goto(`http://127.0.0.1:${proxy.port}/`);
  return { page, said, [Symbol.asyncDispose]: () => context.close() };
}

async function openSample(page: Page) {
  await page.getByRole('button', { name: /^Try the sample/ }).click();
  await firstTake(page);
  await skipHints(page);
}

/** As if the user had chosen these before. */
async function keepServerSettings(page: Page, settings: object): Promise<void> {
  const text = JSON.stringify({ version: 1, ...settings });
  await page.addInitScript((kept) => localStorage.setItem('immersivaudio-server', kept), text);
}

const panel = (page: Page) => page.getByRole('heading', { name: 'Generated sound' });
const generate = (page: Page) => page.getByRole('button', { name: 'Generate with Tick' });
const take = (page: Page, number: number) =>
  page.getByRole('button', { name: new RegExp(`^Take ${number} `) });

/** Opens the panel, asks for sound, agrees to what is shown; gives the bytes that were shown. */
async function ask(page: Page): Promise<number> {
  if (!(await generate(page).isVisible())) await panel(page).click();
  await generate(page).click();
  const shown = Number(await page.locator('[data-bytes]').getAttribute('data-bytes'));
  await page.getByRole('button', { name: 'Send and generate' }).click();
  return shown;
}

beforeAll(async () => {
  if (!hasJourneys()) return;
  const settings = testSettings({ PORT: '0', DATA_DIR: dataFolder });
  server = await startServer(settings, { buildFolder: BUILD_FOLDER, engines: [engine] });
  proxy = await openCountingProxy(Number(new URL(server.url).port));
  browser = await chromium.connect(inject('journeys')!.browser);
});
afterAll(async () => {
  await proxy?.[Symbol.asyncDispose]();
  await server?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe.runIf(hasJourneys())('with a generation server', () => {
  test(
    'what leaves the page is what was shown, to the byte, and no video',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await open();
      const { page, said } = app;
      await openSample(page);
      await panel(page).click();
      await generate(page).click();
      const texts = await page.locator('[data-sent]').allTextContents();
      const shown = Number(await page.locator('[data-bytes]').getAttribute('data-bytes'));
      expect(texts[0]).toMatch(/^Melodic, clear and high-quality music/);
      expect(said).toEqual({ messages: [], binary: [] });

      const before = proxy.sentBytes;
      await page.getByRole('button', { name: 'Send and generate' }).click();
      await take(page, 2).waitFor({ timeout: MINUTES });
      expect(await take(page, 2).getAttribute('aria-pressed')).toBe('true');
      expect(await take(page, 2).textContent()).toMatch(/Tick \(preview\)/);

      // Whatever changes later is made on this device again, without a question and without a byte.
      const begun = engine.begun.length;
      await page.getByRole('button', { name: 'Another take' }).click();
      await take(page, 3).waitFor({ timeout: MINUTES });
      expect(await take(page, 3).textContent()).not.toMatch(/Tick/);
      expect(engine.begun.length).toBe(begun);

      expect(said.binary).toEqual([]);
      expect(said.messages.filter(({ t }) => t === 'generate')).toEqual([{ t: 'generate', bytes: shown }]);
      for (const { t, bytes } of said.messages.filter(({ t }) => t !== 'generate')) {
        expect(['hello', 'ping'], t).toContain(t);
        expect(bytes).toBeLessThan(60);
      }
      expect(proxy.sentBytes - before).toBeLessThan(shown + LINE_BYTES);
      expect(engine.begun.at(-1)).toMatchObject({ music: texts[0], effects: texts[1], negative: texts[2] });
    },
  );

  test(
    'a connection that breaks in mid-job comes back by itself, and nothing is made twice',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await open({}, (page) => keepServerSettings(page, { candidates: 2 }));
      const { page } = app;
      await openSample(page);
      const begun = engine.begun.length;
      engine.shut();
      await ask(page);
      await page.getByText('At work').waitFor();
      proxy.cut();
      await page.getByText('Connection lost').waitFor();
      engine.blockMs = 5;
      engine.open();
      await page.getByText(/The sound arrives/).waitFor({ timeout: MINUTES });
      proxy.cut();
      await take(page, 3).waitFor({ timeout: MINUTES });
      // Both candidates are takes, and the first of them is heard.
      await expect.poll(() => take(page, 2).getAttribute('aria-pressed')).toBe('true');
      engine.blockMs = 0;
      expect(engine.begun.length).toBe(begun + 1);
    },
  );

  test('a page that is loaded anew in mid-job goes on with it', { timeout: 4 * MINUTES }, async () => {
    await using app = await open();
    const { page, said } = app;
    await openSample(page);
    // Another seed than any test before: equal requests would be answered at once.
    await page.getByRole('radio', { name: 'Music' }).check({ force: true });
    await take(page, 2).waitFor({ timeout: MINUTES });
    const begun = engine.begun.length;
    engine.shut();
    await ask(page);
    await page.getByText('At work').waitFor();
    await page.reload();
    await page.getByText('At work').waitFor({ timeout: MINUTES });
    engine.open();
    await take(page, 3).waitFor({ timeout: MINUTES });
    expect(engine.begun.length).toBe(begun + 1);
    expect(said.messages.filter(({ t }) => t === 'attach')).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  });

  test(
    'a cancelled generation leaves the take that is heard, and the server is told',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await open();
      const { page, said } = app;
      await openSample(page);
      await page.getByRole('radio', { name: 'Effects' }).check({ force: true });
      await take(page, 2).waitFor({ timeout: MINUTES });
      engine.shut();
      await ask(page);
      await page.getByText('At work').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await generate(page).waitFor();
      engine.open();
      await expect.poll(() => said.messages.at(-1)?.t).toBe('cancel');
      expect(await take(page, 3).count()).toBe(0);
      expect(await take(page, 2).getAttribute('aria-pressed')).toBe('true');
    },
  );

  test(
    'the still is sent as it is shown, cut and blurred, or not at all; the words can be edited',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await open();
      const { page, said } = app;
      await openSample(page);
      const describeIt = page.getByRole('button', { name: 'Describe with Tick …' });
      await describeIt.click();
      await page.locator('[data-bytes]').waitFor();
      await page.getByRole('button', { name: 'Don’t send the picture' }).last().click();
      expect(said).toEqual({ messages: [], binary: [] });

      await describeIt.click();
      const sum = page.locator('[data-bytes]');
      const whole = Number(await sum.getAttribute('data-bytes'));
      await page.getByText('Cut by numbers').click();
      await page.getByRole('slider', { name: 'Right edge' }).fill('0.5');
      await page.getByRole('slider', { name: 'Blur' }).fill('1');
      await expect.poll(async () => Number(await sum.getAttribute('data-bytes'))).toBeLessThan(whole / 2);
      const shown = Number(await sum.getAttribute('data-bytes'));
      const before = proxy.sentBytes;
      await page.getByRole('button', { name: 'Send and describe' }).click();
      const words = page.getByRole('textbox', { name: 'What it shows' });
      await expect.poll(() => words.inputValue(), { timeout: MINUTES }).toMatch(/^A still of \d+ bytes\.$/);
      await page.getByText('In the words of Tick').waitFor();
      const asked = said.messages.filter(({ t }) => t === 'describe');
      expect(asked).toHaveLength(1);
      expect(said.binary).toHaveLength(1);
      expect(asked[0]!.bytes + said.binary[0]!).toBe(shown);
      expect(proxy.sentBytes - before).toBeLessThan(shown + LINE_BYTES);
      await expect
        .poll(() => page.getByRole('textbox', { name: 'Music' }).inputValue(), { timeout: MINUTES })
        .toMatch(/a still of \d+ bytes/i);
      await words.fill('A sailing boat at dusk.');
      await words.blur();
      await page.getByRole('button', { name: /^Reset what it shows/ }).click();
      await expect.poll(() => words.inputValue()).toMatch(/^A still of/);
    },
  );

  test('a server that is away is said once, and the device goes on', { timeout: 4 * MINUTES }, async () => {
    await using app = await open({}, (page) => keepServerSettings(page, { address: 'http://127.0.0.1:9' }));
    const { page } = app;
    await openSample(page);
    await page.getByText('127.0.0.1:9 can’t be reached right now. This device goes on alone.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Another take' }).click();
    await take(page, 2).waitFor({ timeout: MINUTES });
  });

  test(
    'the settings test an address before they use it: a wrong one is explained, an own one found',
    { timeout: 2 * MINUTES },
    async () => {
      await using app = await open();
      const { page } = app;
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Generation server').click();
      await page.getByText(`127.0.0.1:${proxy.port} is there.`).waitFor();
      const address = page.getByRole('textbox', { name: 'Address' });
      await address.fill('https://gpu.example.org/some/path');
      await page.getByRole('button', { name: 'Save and test' }).click();
      await page.getByText(/An address without path, name and password was wanted/).waitFor();
      await address.fill('localhost:9');
      await page.getByRole('button', { name: 'Save and test' }).click();
      await page.getByText('localhost:9 can’t be reached right now').waitFor();
      await address.fill('');
      await page.getByRole('button', { name: 'Save and test' }).click();
      await page.getByText(`127.0.0.1:${proxy.port} is there.`).waitFor();
      const kept = await page.evaluate(() => localStorage.getItem('immersivaudio-server'));
      expect(JSON.parse(kept!)).toMatchObject({ version: 1, address: null, token: '' });
    },
  );

  test.each(['light', 'dark'] as const)(
    'panel and dialogs have no fault that axe knows, %s',
    { timeout: 4 * MINUTES },
    async (colorScheme) => {
      for (const [width, height] of SIZES) {
        await using app = await open({ colorScheme, viewport: { width, height } });
        const { page } = app;
        await page.getByRole('button', { name: 'Settings' }).click();
        await page.getByText('Generation server').click();
        await page.getByText(/is there\./).waitFor();
        const settings = `settings ${width} ${colorScheme}`;
        expect(await axeFaults(page), settings).toEqual([]);
        await keepScreenshot(page, `server-settings-${width}-${colorScheme}`);
        await page.keyboard.press('Escape');
        await openSample(page);
        await panel(page).click();
        await page.mouse.move(0, 0);
        const look = async (name: string) => {
          expect(await axeFaults(page), `${name} ${width} ${colorScheme}`).toEqual([]);
          expect(await overflowPixels(page)).toBeLessThanOrEqual(0);
          await keepScreenshot(page, `server-${name}-${width}-${colorScheme}`);
        };
        await generate(page).scrollIntoViewIfNeeded();
        await look('panel');
        await page.getByRole('button', { name: 'What is sent …' }).click();
        await look('sound');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Describe with Tick …' }).click();
        await page.locator('[data-bytes]').waitFor();
        await look('still');
      }
    },
  );
});
