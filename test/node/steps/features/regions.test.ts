import { expect, test } from 'vitest';
import { toPlanes } from '#lib/steps/features/frame-planes.ts';
import { measureStill } from '#lib/steps/features/still-features.ts';
import { outdoorLikelihood, regionsOf } from '#lib/steps/features/place.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

const WIDTH = 160;
const HEIGHT = 90;
type Rule = Parameters<typeof paint>[2];
const regions = (rule: Rule) => measureStill(toPlanes(paint(WIDTH, HEIGHT, rule))).regions;

const sky: Rule = (_, y) => [110 + y / 2, 170 + y / 3, 235];
/** Horizontal streaks of two blues. */
const waves: Rule = (x, y) => (Math.sin(y * 1.3 + Math.sin(x / 25)) > 0.4 ? [60, 120, 160] : [20, 70, 120]);
const lawn =
  (roll: () => number): Rule =>
  () => {
    const light = 0.6 + 0.4 * roll();
    return [70 * light, 140 * light, 40 * light];
  };

test('a smooth blue upper half is sky', () => {
  const found = regions((x, y) => (y < 45 ? sky(x, y) : [120, 110, 100]));
  expect(found.sky).toBeGreaterThan(0.9);
  expect(found.sea).toBeLessThan(0.1);
});

test('a blue lower half with horizontal waves is sea and no sky', () => {
  const found = regions((x, y) => (y < 40 ? [190, 160, 120] : waves(x, y)));
  expect(found.sea).toBeGreaterThan(0.7);
  expect(found.sky).toBe(0);
});

test('sky over waves is both', () => {
  const found = regions((x, y) => (y < 40 ? sky(x, y) : waves(x, y)));
  expect(found.sky).toBeGreaterThan(0.9);
  expect(found.sea).toBeGreaterThan(0.7);
});

test('grey streaks below a pale sky with a level horizon may be sea; without one they are not', () => {
  const roll = dice();
  const rows = Array.from({ length: HEIGHT }, () => 120 + 30 * roll());
  const grey: Rule = (_, y) => [rows[y]! + 10, rows[y]!, rows[y]! - 10];
  const coast = regions((x, y) => (y < 40 ? [225, 228, 232] : grey(x, y)));
  expect(coast.sky).toBeGreaterThan(0.8);
  expect(coast.sea).toBeGreaterThan(0.4);
  expect(regions(grey).sea).toBe(0);
});

test('vertical blue stripes in the lower half are no sea', () => {
  const stripes: Rule = (x, y) => (y < 40 ? [190, 160, 120] : x % 8 < 4 ? [60, 120, 160] : [20, 70, 120]);
  expect(regions(stripes).sea).toBe(0);
});

test('green noise is vegetation, a plain green wall is not', () => {
  expect(regions(lawn(dice())).vegetation).toBe(1);
  expect(regions(() => [70, 140, 40]).vegetation).toBe(0);
});

test('a white wall behind furniture is at most an uncertain sky', () => {
  const room = regions((x, y) =>
    y < 20 + 50 * Math.abs(Math.sin(x / 20)) ? [235, 235, 236] : [120, 80, 60],
  );
  expect(room.sky).toBeLessThan(0.6);
});

test('rough glowing orange in front of black is fire; the same colours by daylight and a smooth sunset are not', () => {
  const roll = dice(3);
  const flames: Rule = () => [255, 140 + 70 * roll(), 20 + 30 * roll()];
  const isFlame = (x: number, y: number) => x > 60 && x < 100 && y > 40;
  expect(regions((x, y) => (isFlame(x, y) ? flames(x, y) : [12, 10, 14])).fire).toBeGreaterThan(0.9);
  expect(regions((x, y) => (isFlame(x, y) ? flames(x, y) : [170, 190, 200])).fire).toBe(0);
  expect(regions((_, y) => [250, 120 + y, 40]).fire).toBe(0);
});

test('the regions of a clip are those of the likelier half of its frames', () => {
  const seen = (sea: number) => ({ regions: { sky: 0, sea, vegetation: 0, fire: 0 } });
  expect(regionsOf([seen(1), seen(0), seen(0.8), seen(0)]).sea).toBeCloseTo(0.9, 9);
  expect(regionsOf([]).sea).toBe(0);
});

test('sky and plants are evidence for outdoors, warm light without them for indoors', () => {
  const nothing = { sky: 0, sea: 0, vegetation: 0, fire: 0 };
  expect(outdoorLikelihood({ ...nothing, sky: 1 }, 0.2)).toBeGreaterThan(0.9);
  expect(outdoorLikelihood({ ...nothing, vegetation: 0.9 }, 0)).toBeGreaterThan(0.85);
  expect(outdoorLikelihood(nothing, 0.8)).toBeLessThan(0.15);
  expect(outdoorLikelihood(nothing, -0.3)).toBeCloseTo(0.35, 1);
});
