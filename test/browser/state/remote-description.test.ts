import { afterEach, expect, test } from 'vitest';
import { RemoteDescription } from '#lib/state/remote-description.svelte.ts';
import { connectServer, openStudio } from '../../fixtures/open-studio.ts';

afterEach(() => localStorage.clear());

const WHOLE = { cut: { x: 0, y: 0, width: 1, height: 1 }, blur: 0 };

test('the still is sent, and the answer becomes the description', { timeout: 120_000 }, async () => {
  const studio = await openStudio({ kind: 'music' });
  const server = await connectServer();
  const description = new RemoteDescription(studio, server);
  const payload = (await description.prepare(WHOLE))!;
  const half = (await description.prepare({ cut: { ...WHOLE.cut, width: 0.5 }, blur: 0.5 }))!;
  const width = async (still: Blob) => (await createImageBitmap(still)).width;
  expect(await width(half.still)).toBeCloseTo((await width(payload.still)) / 2, -1);
  expect(payload.bytes).toBeGreaterThan(payload.still.size);
  await description.send(payload);
  expect([description.failure, description.text]).toEqual([null, null]);
  expect(studio.current.description).toMatchObject({
    // The server encodes the still again before the engine gets it.
    output: { text: expect.stringMatching(/^A still of \d+ bytes\.$/) as string },
    maker: { where: 'server', name: 'tick', title: 'Tick', isPreview: true },
  });
  expect(studio.current.prompt!.output.made.music).toMatch(/a still of/i);
  expect(studio.isStale).toBe(true);
  server.link.close();
  studio.close();
});

test('a cancelled question changes nothing', { timeout: 120_000 }, async () => {
  const studio = await openStudio({ kind: 'music' });
  const server = await connectServer();
  const description = new RemoteDescription(studio, server);
  const before = studio.current.description;
  const running = description.send((await description.prepare(WHOLE))!);
  expect(description.isRunning).toBe(true);
  description.cancel();
  await running;
  expect([description.isRunning, description.failure, studio.current.description]).toEqual([
    false,
    null,
    before,
  ]);
  server.link.close();
  studio.close();
});
