import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import { makeFilm } from '../../../fixtures/shares/make-film.ts';
import { makeWav } from '../../../fixtures/shares/make-wav.ts';
import { filmSpec, ShareClient } from '../../../fixtures/shares/share-client.ts';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';

vi.setConfig({ testTimeout: 60_000 });

const bytes = (text: string) => new TextEncoder().encode(text);
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const PAGE = '<!doctype html><script>alert(document.domain)</script>';
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>';

/** A box of an MP4. */
function box(type: string, body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return join(head, body);
}

test('pages and pictures that pose as films, and polyglot files, are refused', async () => {
  await using server = await runTestServer({ variables: { SHARE_DAY_BYTES: '100000000' } });
  const client = new ShareClient(server.url);
  const film = await makeFilm();
  const wav = makeWav(0.1);
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const selfless = new Uint8Array(
    Buffer.from(
      Buffer.from(film)
        .toString('hex')
        .replace(/75726c2000000001/g, '75726c2000000000'),
      'hex',
    ),
  );
  const hostile: [string, Uint8Array][] = [
    ['a page', bytes(PAGE)],
    ['an SVG', bytes(SVG)],
    ['a picture', new Uint8Array(png)],
    ['a film with a page behind it', join(film, bytes(PAGE))],
    ['a page before a film', join(bytes(PAGE), film)],
    ['a film with a box that none has', join(film, box('html', bytes(PAGE)))],
    ['half a film', film.subarray(0, film.length >> 1)],
    ['a film whose sound is in another file', selfless],
    ['a sound instead of a film', wav],
    ['random bytes behind a beginning', join(film.subarray(0, 32), randomBytes(4000))],
  ];
  for (const [what, content] of hostile) {
    const upload = await client.upload(content);
    const answer = await client.publish(filmSpec(upload, 'secret'));
    expect(answer.status, what).toBe(422);
    expect(((await answer.json()) as { error: { name: string } }).error.name, what).toBe('MediaRefusedError');
    await client.ask(`/api/v1/shares/uploads/${upload}`, {
      method: 'DELETE',
      headers: { 'Tus-Resumable': '1.0.0' },
    });
  }
  expect(selfless).not.toEqual(film);
});

test('a poster that is a page, an SVG or a bomb is refused', async () => {
  await using server = await runTestServer();
  const client = new ShareClient(server.url);
  const upload = await client.upload(await makeFilm());
  const bomb = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: 'red' } })
    .jpeg({ quality: 1 })
    .toBuffer();
  for (const poster of [bytes(PAGE), bytes(SVG), new Uint8Array(bomb.subarray(0, 500_000))]) {
    expect((await client.publish(filmSpec(upload, 'secret'), poster)).status).toBe(422);
  }
});
