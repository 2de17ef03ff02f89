import { expect, test } from 'vitest';
import { backdropFor } from '#lib/steps/film/picture/backdrop.ts';
import { clipSize, drawnSize } from '#lib/steps/film/picture/clip-size.ts';
import { focusPoint } from '#lib/steps/film/picture/focus-point.ts';
import { kenBurnsView } from '#lib/steps/film/picture/movement.ts';

test.each([
  [641, 479, 642, 480],
  [640, 480, 640, 480],
  [4000, 3000, 1920, 1440],
  [3000, 4001, 1440, 1920],
  [3, 2, 64, 64],
  [5000, 1, 1920, 64],
])('%i × %i is filmed at %i × %i', (width, height, clipWidth, clipHeight) => {
  expect(clipSize(drawnSize({ width, height }))).toEqual({ width: clipWidth, height: clipHeight });
});

test('the movement begins with the whole picture and never leaves it', () => {
  const size = { width: 1920, height: 1080 };
  expect(kenBurnsView(size, { x: 0.8, y: 0.3 }, 0, 10)).toEqual({ ...size, x: 0, y: 0 });
  for (let seconds = 0; seconds <= 10; seconds += 0.1) {
    const { x, y, width, height } = kenBurnsView(size, { x: 1, y: 0 }, seconds, 10);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(1920.0001);
    expect(y + height).toBeLessThanOrEqual(1080.0001);
  }
});

test('the movement zooms in by 8 % at most, and less in a short clip', () => {
  const size = { width: 1000, height: 1000 };
  const centre = { x: 0.5, y: 0.5 };
  expect(kenBurnsView(size, centre, 300, 300).width).toBeCloseTo(1000 / 1.08, 6);
  expect(kenBurnsView(size, centre, 2, 2).width).toBeCloseTo(1000 / 1.016, 6);
});

test('the focus moves towards the details', () => {
  const image = grey(40, 40, (x, y) => (x > 28 && y < 12 && (x + y) % 2 ? 255 : 0));
  const focus = focusPoint(image);
  expect(focus.x).toBeGreaterThan(0.6);
  expect(focus.y).toBeLessThan(0.4);
  expect(focusPoint(grey(10, 10, () => 90))).toEqual({ x: 0.5, y: 0.5 });
});

test('only transparent pictures get a background, and light ones a dark one', () => {
  const opaque = grey(4, 4, () => 200);
  expect(backdropFor(opaque)).toBeNull();
  const seeThrough = (value: number) => {
    const image = grey(4, 4, () => value);
    image.data[3] = 0;
    return image;
  };
  expect(backdropFor(seeThrough(230))).toBe('#141414');
  expect(backdropFor(seeThrough(40))).toBe('#ffffff');
});

function grey(width: number, height: number, at: (x: number, y: number) => number) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    data.fill(at(i % width, Math.floor(i / width)), i * 4, i * 4 + 3);
    data[i * 4 + 3] = 255;
  }
  return { data, width, height };
}
