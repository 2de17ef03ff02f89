import { expect, test } from 'vitest';
import { readPictureHeader } from '#lib/steps/source/picture-header.ts';

const bytes = (text: string, ...numbers: number[]) =>
  new Uint8Array([...[...text].map((letter) => letter.charCodeAt(0)), ...numbers]);

test('a PNG has its size in its first chunk', () => {
  const png = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 0, 0, 1, 0, 0, 0, 0, 16);
  expect(readPictureHeader(png)).toEqual({ format: 'png', mimeType: 'image/png', width: 256, height: 16 });
});

test('a JPEG has its size after its metadata', () => {
  const metadata = [0xff, 0xe1, 0, 4, 9, 9];
  const frame = [0xff, 0xc2, 0, 11, 8, 0, 20, 0, 40];
  const jpeg = bytes('', 0xff, 0xd8, ...metadata, ...frame);
  expect(readPictureHeader(jpeg)).toMatchObject({ format: 'jpeg', width: 40, height: 20 });
});

test('a GIF has its size, lowest byte first', () => {
  expect(readPictureHeader(bytes('GIF89a', 2, 1, 3, 0))).toMatchObject({ width: 258, height: 3 });
});

test.each([
  ['avif', bytes('\0\0\0\x18ftypavif')],
  ['heic', bytes('\0\0\0\x18ftypheic')],
  ['webp', bytes('RIFF\0\0\0\0WEBPVP8 ')],
  ['tiff', bytes('MM\0*')],
])('a %s is recognised by its first bytes', (format, data) => {
  expect(readPictureHeader(data)).toMatchObject({ format, width: null });
});

test('a truncated header has no size', () => {
  expect(readPictureHeader(bytes('\x89PNG\r\n\x1a\n'))).toMatchObject({ format: 'png', width: null });
  expect(readPictureHeader(bytes('', 0xff, 0xd8, 0xff, 0xe1))).toMatchObject({ format: 'jpeg', width: null });
});

test('films, texts and nothing are no pictures', () => {
  expect(readPictureHeader(bytes('\0\0\0\x18ftypisom'))).toBeNull();
  expect(readPictureHeader(bytes('hello'))).toBeNull();
  expect(readPictureHeader(bytes(''))).toBeNull();
});
