import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasJourneys } from '../fixtures/journey.ts';
import {
  askForSound,
  generate,
  keepServerSettings,
  openJourneyServer,
  openSample,
  panel,
  take,
} from '../fixtures/server/journey-server.ts';

const MINUTES = 60_000;
/** Handshake, greeting and pings: the overhead of a connection. */
const LINE_BYTES = 3000;

let site: Awaited<ReturnType<typeof openJourneyServer>>;
beforeAll(async () => {
  if (hasJourneys()) site = await openJourneyServer();
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
});

describe.runIf(hasJourneys())('with a generation server', () => {
  test(
    'what leaves the page is what was shown, to the byte, and no video',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await site.open();
      const { page, said } = app;
      await openSample(page);
      await panel(page).click();
      await generate(page).click();
      const texts = await page.locator('[data-sent]').allTextContents();
      const shown = Number(await page.locator('[data-bytes]').getAttribute('data-bytes'));
      expect(texts[0]).toMatch(/^[A-Z][a-z -]+ music, .* BPM/);
      expect(said).toEqual({ messages: [], binary: [] });

      const before = site.proxy.sentBytes;
      await page.getByRole('button', { name: 'Send and generate' }).click();
      await take(page, 2).waitFor({ timeout: MINUTES });
      expect(await take(page, 2).getAttribute('aria-pressed')).toBe('true');
      expect(await take(page, 2).textContent()).toMatch(/Tick \(preview\)/);

      // Later changes are made on this device again, without asking and without sending a byte.
      const begun = site.engine.begun.length;
      await page.getByRole('button', { name: 'Another take' }).click();
      await take(page, 3).waitFor({ timeout: MINUTES });
      expect(await take(page, 3).textContent()).not.toMatch(/Tick/);
      expect(site.engine.begun.length).toBe(begun);

      expect(said.binary).toEqual([]);
      expect(said.messages.filter(({ t }) => t === 'generate')).toEqual([{ t: 'generate', bytes: shown }]);
      for (const { t, bytes } of said.messages.filter(({ t }) => t !== 'generate')) {
        expect(['hello', 'ping'], t).toContain(t);
        expect(bytes).toBeLessThan(60);
      }
      expect(site.proxy.sentBytes - before).toBeLessThan(shown + LINE_BYTES);
      expect(site.engine.begun.at(-1)).toMatchObject({
        music: texts[0],
        effects: texts[1],
        negative: texts[2],
      });
    },
  );

  test(
    'a connection that breaks during a job is restored, and nothing is made twice',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await site.open({}, (page) => keepServerSettings(page, { candidates: 2 }));
      const { page } = app;
      await openSample(page);
      const begun = site.engine.begun.length;
      site.engine.shut();
      await askForSound(page);
      await page.getByText('At work').waitFor();
      site.proxy.cut();
      await page.getByText('Connection lost').waitFor();
      site.engine.blockMs = 5;
      site.engine.open();
      await page.getByText(/The sound arrives/).waitFor({ timeout: MINUTES });
      site.proxy.cut();
      await take(page, 3).waitFor({ timeout: MINUTES });
      // Both candidates are takes, and the first one is selected.
      await expect.poll(() => take(page, 2).getAttribute('aria-pressed')).toBe('true');
      site.engine.blockMs = 0;
      expect(site.engine.begun.length).toBe(begun + 1);
    },
  );

  test('a page that is reloaded during a job follows it', { timeout: 4 * MINUTES }, async () => {
    await using app = await site.open();
    const { page, said } = app;
    await openSample(page);
    // Another seed than in any test before: equal requests would be answered at once.
    await page.getByRole('radio', { name: 'Music' }).check({ force: true });
    await take(page, 2).waitFor({ timeout: MINUTES });
    const begun = site.engine.begun.length;
    site.engine.shut();
    await askForSound(page);
    await page.getByText('At work').waitFor();
    await page.reload();
    await page.getByText('At work').waitFor({ timeout: MINUTES });
    site.engine.open();
    await take(page, 3).waitFor({ timeout: MINUTES });
    expect(site.engine.begun.length).toBe(begun + 1);
    expect(said.messages.filter(({ t }) => t === 'attach')).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  });

  test(
    'a cancelled generation keeps the selected take, and the server is notified',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await site.open();
      const { page, said } = app;
      await openSample(page);
      await page.getByRole('radio', { name: 'Effects' }).check({ force: true });
      await take(page, 2).waitFor({ timeout: MINUTES });
      site.engine.shut();
      await askForSound(page);
      await page.getByText('At work').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await generate(page).waitFor();
      site.engine.open();
      await expect.poll(() => said.messages.at(-1)?.t).toBe('cancel');
      expect(await take(page, 3).count()).toBe(0);
      expect(await take(page, 2).getAttribute('aria-pressed')).toBe('true');
    },
  );

  test(
    'the still is sent as it is shown, cropped and blurred, or not at all; the text can be edited',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await site.open();
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
      const send = page.getByRole('button', { name: 'Send and describe' });
      await expect.poll(() => send.isEnabled()).toBe(true);
      await expect.poll(async () => Number(await sum.getAttribute('data-bytes'))).toBeLessThan(whole / 2);
      const shown = Number(await sum.getAttribute('data-bytes'));
      const before = site.proxy.sentBytes;
      await send.click();
      const words = page.getByRole('textbox', { name: 'What it shows', exact: true });
      await expect.poll(() => words.inputValue(), { timeout: MINUTES }).toMatch(/^A still of \d+ bytes\.$/);
      await page.getByText('In the words of Tick').waitFor();
      const asked = said.messages.filter(({ t }) => t === 'describe');
      expect(asked).toHaveLength(1);
      expect(said.binary).toHaveLength(1);
      expect(asked[0]!.bytes + said.binary[0]!).toBe(shown);
      expect(site.proxy.sentBytes - before).toBeLessThan(shown + LINE_BYTES);
      await expect
        .poll(() => page.getByRole('textbox', { name: 'Music' }).inputValue(), { timeout: MINUTES })
        .toMatch(/a still of \d+ bytes/i);
      await words.fill('A sailing boat at dusk.');
      await words.blur();
      await page.getByRole('button', { name: /^Reset what it shows/ }).click();
      await expect.poll(() => words.inputValue()).toMatch(/^A still of/);
    },
  );

  test(
    'an unreachable server is reported once, and the device goes on',
    { timeout: 4 * MINUTES },
    async () => {
      await using app = await site.open({}, (page) =>
        keepServerSettings(page, { address: 'http://127.0.0.1:9' }),
      );
      const { page } = app;
      await openSample(page);
      await page.getByText('127.0.0.1:9 can’t be reached right now. This device goes on alone.').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await page.getByRole('button', { name: 'Another take' }).click();
      await take(page, 2).waitFor({ timeout: MINUTES });
    },
  );
});
