import { expect, test } from 'vitest';
import { newKey, encryptMedia, type MediaAbout } from '#lib/share/encrypt.ts';
// The page that opens private links is not built: the test imports its script directly.
import { openSealed } from '../../../worker-server/shares/page/files/open-sealed.js';

const ABOUT: MediaAbout = { title: 'Ü <b>', type: 'video/mp4', vtt: 'WEBVTT\n', poster: null };
const MEGABYTE = 1 << 20;
const never = new AbortController().signal;

const media = (bytes: number) =>
  new Blob([Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + (index >> 8)) % 256)]);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const open = (encrypted: Uint8Array, key: string) =>
  openSealed(new Blob([new Uint8Array(encrypted)]).stream(), key);

test.each([0, 1, MEGABYTE - 100, MEGABYTE, 3 * MEGABYTE + 5])(
  'media that were encrypted on the device open on the page, byte for byte: %i bytes',
  async (bytes) => {
    const key = newKey();
    const { about, media: opened } = await open(
      await bytesOf(await encryptMedia(media(bytes), ABOUT, key, never)),
      key,
    );
    expect(about).toEqual(ABOUT);
    expect(opened.type).toBe('video/mp4');
    expect(Buffer.from(await bytesOf(opened)).equals(Buffer.from(await bytesOf(media(bytes))))).toBe(true);
  },
);

test('the same media with the same key give the same bytes, so that an upload can be resumed', async () => {
  const key = newKey();
  const [one, two] = await Promise.all([1, 2].map(() => encryptMedia(media(5000), ABOUT, key, never)));
  expect(await bytesOf(one!)).toEqual(await bytesOf(two!));
});

test('the title and the media can’t be read from the encrypted bytes', async () => {
  const words = 'a title that would be found';
  const encrypted = await bytesOf(
    await encryptMedia(new Blob([words]), { ...ABOUT, title: words }, newKey(), never),
  );
  expect(Buffer.from(encrypted).includes(words)).toBe(false);
});

test('another key, a changed byte, and pieces that are missing, swapped or cut off are refused', async () => {
  const key = newKey();
  const encrypted = await bytesOf(await encryptMedia(media(2 * MEGABYTE + 500), ABOUT, key, never));
  const piece = MEGABYTE + 16;
  const changed = encrypted.slice();
  changed[50]! ^= 1;
  const [header, first, second] = [
    encrypted.slice(0, 20),
    encrypted.slice(20, 20 + piece),
    encrypted.slice(20 + piece, 20 + 2 * piece),
  ];
  const rest = encrypted.slice(20 + 2 * piece);
  const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  await expect(open(encrypted, newKey())).rejects.toThrow();
  await expect(open(changed, key)).rejects.toThrow();
  await expect(open(join(header, first, second), key)).rejects.toThrow();
  await expect(open(join(header, second, first, rest), key)).rejects.toThrow();
  await expect(open(join(header, first, rest), key)).rejects.toThrow();
  await expect(open(encrypted.slice(0, -1), key)).rejects.toThrow();
});

test('a key has 256 bits in 43 base64url characters', () => {
  expect(newKey()).toMatch(/^[\w-]{43}$/);
  expect(newKey()).not.toBe(newKey());
});
