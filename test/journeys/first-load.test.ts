import { expect, test } from 'vitest';
import { hasJourneys, startJourney } from '../fixtures/journey.ts';

/** What a visitor on a slow line waits for. */
const MAX_SCRIPT_BYTES = 150_000;

test.skipIf(!hasJourneys())(
  'the first screen needs at most 150 kB of JavaScript as it comes over the line',
  async () => {
    const kinds = new Map<string, { type: string; encoding: string | undefined }>();
    let bytes = 0;
    let count = 0;
    await using journey = await startJourney({ serviceWorkers: 'block' }, async (page) => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Network.enable');
      devtools.on('Network.responseReceived', ({ requestId, type, response }) =>
        kinds.set(requestId, {
          type,
          encoding: response.headers['content-encoding'] ?? response.headers['Content-Encoding'],
        }),
      );
      devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (kinds.get(requestId)?.type !== 'Script') return;
        bytes += encodedDataLength;
        count += 1;
      });
    });
    await journey.page.getByRole('heading', { level: 1 }).waitFor();
    expect(count).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
    const scripts = [...kinds.values()].filter(({ type }) => type === 'Script');
    expect(scripts.some(({ encoding }) => encoding === 'br')).toBe(true);
  },
);
