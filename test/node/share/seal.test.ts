import { expect, test } from 'vitest';
import { newKey, seal, type SealedAbout } from '#lib/share/seal.ts';
// The page that opens private links has no build: its script is opened here as it stands.
import { openSealed } from '../../../worker-server/shares/page/files/open-sealed.js';

const ABOUT: SealedAbout = { title: 'Ü <b>', type: 'video/mp4', vtt: 'WEBVTT\n', poster: null };
const MEGABYTE = 1 << 20;
const never = new AbortController().signal;

const media = (bytes: number) =>
  new Blob([Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + (index >> 8)) % 256)]);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const open = (sealed: Uint8Array, key: string) =>
  openSealed(new Blob([new Uint8Array(sealed)]).stream(), key);

test.each([0, 1, MEGABYTE - 100, MEGABYTE, 3 * MEGABYTE + 5])(
  'what was sealed on the device opens on the page, byte for byte: %i bytes',
  async (bytes) => {
    const key = newKey();
    const { about, media: opened } = await open(
      await bytesOf(await seal(media(bytes), ABOUT, key, never)),
      key,
    );
    expect(about).toEqual(ABOUT);
    expect(opened.type).toBe('video/mp4');
    expect(Buffer.from(await bytesOf(opened)).equals(Buffer.from(await bytesOf(media(bytes))))).toBe(true);
  },
);

test('the same media sealed again with the same key are the same bytes, so that an upload can go on', async () => {
  const key = newKey();
  const [one, two] = await Promise.all([1, 2].map(() => seal(media(5000), ABOUT, key, never)));
  expect(await bytesOf(one!)).toEqual(await bytesOf(two!));
});

test('nothing of the title or the media can be read from what is sealed', async () => {
  const words = 'a title that would be found';
  const sealed = await bytesOf(await seal(new Blob([words]), { ...ABOUT, title: words }, newKey(), never));
  expect(Buffer.from(sealed).includes(words)).toBe(false);
});

test('another key, a changed byte, a piece that is missing, swapped or cut off: none of it opens', async () => {
  const key = newKey();
  const sealed = await bytesOf(await seal(media(2 * MEGABYTE + 500), ABOUT, key, never));
  const piece = MEGABYTE + 16;
  const changed = sealed.slice();
  changed[50]! ^= 1;
  const [header, first, second] = [
    sealed.slice(0, 20),
    sealed.slice(20, 20 + piece),
    sealed.slice(20 + piece, 20 + 2 * piece),
  ];
  const rest = sealed.slice(20 + 2 * piece);
  const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  await expect(open(sealed, newKey())).rejects.toThrow();
  await expect(open(changed, key)).rejects.toThrow();
  await expect(open(join(header, first, second), key)).rejects.toThrow();
  await expect(open(join(header, second, first, rest), key)).rejects.toThrow();
  await expect(open(join(header, first, rest), key)).rejects.toThrow();
  await expect(open(sealed.slice(0, -1), key)).rejects.toThrow();
});

test('a key has 256 bits in 43 signs that addresses may have', () => {
  expect(newKey()).toMatch(/^[\w-]{43}$/);
  expect(newKey()).not.toBe(newKey());
});
