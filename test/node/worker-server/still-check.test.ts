import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import sharp from 'sharp';
import { toPlainStill } from '../../../worker-server/still-check.ts';

const picture = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: '#3060c0' } });

/** A PNG with so many pixels per side in a few kilobytes. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(side * (1 + side / 8)), { level: 9 });
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test.each(['jpeg', 'png', 'webp'] as const)('a %s becomes a plain JPEG of the same size', async (format) => {
  const bytes = await picture(320, 200).toFormat(format).toBuffer();
  const still = await toPlainStill(bytes, `image/${format}`);
  expect(await sharp(still).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 200 });
  const { data } = await sharp(still).raw().toBuffer({ resolveWithObject: true });
  for (const [index, value] of [0x30, 0x60, 0xc0].entries()) {
    expect(Math.abs(data[index]! - value)).toBeLessThanOrEqual(3);
  }
});

test('a rotated picture is turned upright, and its metadata is removed', async () => {
  const bytes = await picture(40, 20).jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const facts = await sharp(await toPlainStill(bytes, 'image/jpeg')).metadata();
  expect(facts).toMatchObject({ width: 20, height: 40 });
  expect([facts.exif, facts.icc, facts.xmp, facts.orientation]).toEqual(Array(4).fill(undefined));
});

test('transparent pixels become white', async () => {
  const glass = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } })
    .webp()
    .toBuffer();
  const raw = await sharp(await toPlainStill(glass, 'image/webp'))
    .raw()
    .toBuffer();
  expect(Math.min(...raw)).toBeGreaterThan(250);
});

test('equal pictures give equal bytes, so that a resubmitted job is the same job', async () => {
  const bytes = await picture(64, 64).png().toBuffer();
  expect(await toPlainStill(bytes, 'image/png')).toEqual(await toPlainStill(bytes, 'image/png'));
});

const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
);
const cases: [string, () => Buffer | Promise<Buffer>, 'image/jpeg' | 'image/png' | 'image/webp'][] = [
  ['a bomb of 400 megapixels', () => bomb(20_000), 'image/png'],
  ['a picture of 4.2 megapixels', () => picture(2049, 2049).png().toBuffer(), 'image/png'],
  ['an SVG', () => svg, 'image/png'],
  ['an SVG that says it is a JPEG', () => svg, 'image/jpeg'],
  ['a PNG that says it is a JPEG', () => picture(9, 9).png().toBuffer(), 'image/jpeg'],
  ['a GIF', () => Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64'), 'image/png'],
  ['a TIFF', () => picture(9, 9).tiff().toBuffer(), 'image/jpeg'],
  ['words', () => Buffer.from('no picture at all'), 'image/webp'],
  ['nothing', () => Buffer.alloc(0), 'image/png'],
  [
    'half a JPEG',
    async () =>
      (
        await sharp({
          create: {
            width: 200,
            height: 200,
            channels: 3,
            background: 'red',
            noise: { type: 'gaussian', mean: 128, sigma: 60 },
          },
        })
          .jpeg()
          .toBuffer()
      ).subarray(0, 4000),
    'image/jpeg',
  ],
];

test.each(cases)('%s is refused with a sentence', async (_, make, mime) => {
  await expect(toPlainStill(await make(), mime)).rejects.toMatchObject({ name: 'StillError', status: 422 });
  await expect(toPlainStill(await make(), mime)).rejects.toThrow(
    /^The still must be a whole JPEG, PNG or WebP of at most 4 megapixels: .*\.$/,
  );
});

test('a valid picture is still accepted after all these', async () => {
  const bytes = await picture(10, 10).webp().toBuffer();
  await expect(toPlainStill(bytes, 'image/webp')).resolves.toBeInstanceOf(Uint8Array);
});
