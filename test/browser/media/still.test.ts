import { expect, test } from 'vitest';
import { makeStill } from '#lib/media/picture/still.ts';

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** A picture with stripes of one pixel on its left half and plain red on its right. */
async function striped(width = 1600, height = 900): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  for (let x = 0; x < width; x++) {
    context.fillStyle = x >= width / 2 ? '#f00' : x % 8 < 4 ? '#000' : '#fff';
    context.fillRect(x, 0, 1, height);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

async function pixelsOf(picture: Blob) {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const green = (x: number) => data[4 * (Math.round(bitmap.height / 2) * bitmap.width + x) + 1]!;
  return { width: bitmap.width, height: bitmap.height, green };
}

/** How much the brightness goes up and down along the middle of the left part. */
async function contrast(picture: Blob): Promise<number> {
  const { width, green } = await pixelsOf(picture);
  const row = Array.from({ length: Math.round(width / 4) }, (_, x) => green(x + 4));
  return Math.max(...row) - Math.min(...row);
}

test('a still is a JPEG of at most 768 pixels on its longer side', async () => {
  const still = await makeStill(await striped(), WHOLE, 0, 512 * 1024);
  expect(still.type).toBe('image/jpeg');
  expect(await pixelsOf(still)).toMatchObject({ width: 768, height: 432 });
  expect(await pixelsOf(await makeStill(await striped(300, 200), WHOLE, 0, 512 * 1024))).toMatchObject({
    width: 300,
    height: 200,
  });
});

test('the still does not contain what was cropped', async () => {
  const right = { x: 0.5, y: 0.25, width: 0.5, height: 0.5 };
  const { width, height, green } = await pixelsOf(await makeStill(await striped(), right, 0, 512 * 1024));
  expect(width / height).toBeCloseTo(800 / 450, 1);
  expect(green(2)).toBeLessThan(40);
  expect(green(width - 2)).toBeLessThan(40);
});

test('a stronger blur destroys more detail', async () => {
  const picture = await striped();
  const sharp = await makeStill(picture, WHOLE, 0, 512 * 1024);
  const soft = await makeStill(picture, WHOLE, 0.5, 512 * 1024);
  const softest = await makeStill(picture, WHOLE, 1, 512 * 1024);
  expect(await contrast(sharp)).toBeGreaterThan(150);
  expect(await contrast(soft)).toBeLessThan(60);
  expect(softest.size).toBeLessThan(sharp.size / 4);
});

test('it gets as small as necessary, and a file that is no picture is refused', async () => {
  const still = await makeStill(await striped(), WHOLE, 0, 30_000);
  expect(still.size).toBeLessThanOrEqual(30_000);
  await expect(makeStill(await striped(), WHOLE, 0, 100)).rejects.toThrow('at most 100 bytes');
  await expect(makeStill(new Blob(['no picture']), WHOLE, 0, 9e9)).rejects.toMatchObject({
    name: 'PictureUnreadableError',
  });
});
