import { expect, test } from 'vitest';
import { toPlanes } from '#lib/steps/features/frame-planes.ts';
import { measureStill } from '#lib/steps/features/still-features.ts';
import { outdoorLikelihood, regionsOf } from '#lib/evidence/regions.ts';
import { measureFrame, summarise } from '#lib/steps/features/measure.ts';
import { dice, paint } from '../../media/pixels/paint.ts';

const WIDTH = 160;
const HEIGHT = 90;
type Rule = Parameters<typeof paint>[2];
const regions = (rule: Rule) => measureStill(toPlanes(paint(WIDTH, HEIGHT, rule))).regions;

const sky: Rule = (_, y) => [110 + y / 2, 170 + y / 3, 235];
/** Horizontal streaks of two blues, with the grain of a photo. */
const waves: Rule = (x, y) => {
  const grain = (x * 7 + y * 13) % 5;
  const [red, green, blue] = Math.sin(y * 1.3 + Math.sin(x / 25)) > 0.4 ? [60, 120, 160] : [20, 70, 120];
  return [red + grain, green + grain, blue + grain];
};
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

test('a drawn area of one blue is no sky', () => {
  const title = regions((x, y) => (y > 40 && y < 50 && x % 7 < 4 ? [250, 250, 250] : [40, 90, 200]));
  expect(title.sky).toBeLessThan(0.1);
});

test('a test pattern and letters on one colour are drawn; a noisy picture and a smooth slope are not', () => {
  const drawnOf = (rule: Rule) => measureStill(toPlanes(paint(WIDTH, HEIGHT, rule))).drawn;
  expect(drawnOf((x) => [(x >> 5) % 2 ? 220 : 30, (x >> 4) % 2 ? 200 : 40, 90])).toBeGreaterThan(0.9);
  expect(drawnOf((x, y) => (y > 40 && y < 60 && x % 6 < 2 ? [250, 250, 250] : [30, 60, 90]))).toBeGreaterThan(
    0.9,
  );
  const roll = dice(4);
  expect(drawnOf((x) => [(x >> 5) % 2 ? 200 : 40, 80 + 20 * roll(), 90])).toBeLessThan(0.1);
  expect(drawnOf(sky)).toBe(0);
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

/** A fire of 40 × 50 pixels with a white core and a red rim, which flickers with the seed. */
const flames =
  (seed: number): Rule =>
  (x, y) => {
    const roll = dice(seed * 1e4 + y * WIDTH + x);
    const heat = 1.3 - Math.hypot((x - 80) / 20, (y - 65) / 25) - 0.8 * roll();
    if (heat < 0) return [12, 10, 14];
    return heat > 0.6 ? [255, 245, 190] : [255 - 60 * (0.6 - heat), 60 + 230 * heat, 20 + 60 * heat];
  };

test('a fire in the dark is fire', () => {
  expect(regions(flames(1)).fire).toBeGreaterThan(0.9);
});

test('what only has the colours of a fire is none: by daylight, with one hue, without a core, smooth', () => {
  const roll = dice(3);
  const isInside = (x: number, y: number) => x > 60 && x < 100 && y > 40;
  const inDark =
    (rule: Rule): Rule =>
    (x, y) =>
      isInside(x, y) ? rule(x, y) : [12, 10, 14];
  const byDay: Rule = (x, y) => (flames(1)(x, y)[0] > 20 ? flames(1)(x, y) : [225, 215, 205]);
  const litWall = inDark(() => [250 - 60 * roll(), 200 - 48 * roll(), 110 - 26 * roll()]);
  const leaves = inDark(() => [200 * roll() + 55, 90 * roll() + 40, 20]);
  const evening: Rule = (_, y) => [250, 120 + y, 40];
  for (const rule of [byDay, litWall, leaves, evening]) expect(regions(rule).fire).toBeLessThan(0.4);
});

test('flames that keep their shape from frame to frame are a lamp', () => {
  const fire = (...seeds: number[]) =>
    summarise(
      seeds.map((seed, at) => measureFrame(paint(WIDTH, HEIGHT, flames(seed)), at)),
      seeds.length,
    ).regions.fire;
  expect(fire(1, 2, 3)).toBeGreaterThan(0.9);
  expect(fire(1, 1, 1)).toBe(0);
});

/** Purple above, a yellow glow at the horizon, and darkness below. */
const dusk: Rule = (_, y) => (y < 50 ? [90 + 3 * y, 60 + 3 * y, 130 - y] : [40, 30, 40]);

test('layers from dark to a warm glow are a sunset; a warm wall and a blue sky are none', () => {
  expect(regions(dusk).sunset).toBeGreaterThan(0.8);
  expect(regions(() => [220, 160, 90]).sunset).toBe(0);
  expect(regions((x, y) => (y < 45 ? sky(x, y) : [90, 100, 60])).sunset).toBeLessThan(0.1);
});

test('water of any colour that mirrors a sunset is sea; dry ground is not', () => {
  const sun = (x: number) => 60 * Math.exp(-(((x - 60) / 25) ** 2));
  const above: Rule = (x, y) => dusk(x, y).map((value) => value + sun(x)) as [number, number, number];
  const ripples: Rule = (x, y) => {
    const light = 0.3 + 0.1 * Math.sin(1.3 * y + Math.sin(x / 25));
    return above(x, 95 - y).map((value) => value * light) as [number, number, number];
  };
  expect(regions((x, y) => (y < 48 ? above(x, y) : ripples(x, y))).sea).toBeGreaterThan(0.7);
  expect(regions((x, y) => (y < 48 ? above(x, y) : [40, 30, 30])).sea).toBe(0);
});

test('a grey road is no sea, neither with its lines nor evenly shaded', () => {
  const shaded: Rule = (_, y) => (y < 40 ? [225, 228, 232] : [130 - y / 2, 132 - y / 2, 142 - y / 2]);
  const lines: Rule = (x, y) =>
    y >= 40 && Math.abs(Math.abs(x - 80) - (y - 40)) < 2 ? [220, 220, 220] : shaded(x, y);
  for (const rule of [shaded, lines]) expect(regions(rule).sea).toBeLessThan(0.2);
});

test('a wall in cool light is no certain sky', () => {
  expect(regions((_, y) => (y < 60 ? [215, 225, 240] : [120, 80, 60])).sky).toBeLessThan(0.5);
});

test('rough bluish white on the ground is snow; sand and a white table are not', () => {
  const roll = dice(5);
  const ground =
    (red: number, green: number, blue: number): Rule =>
    (x, y) => {
      const light = 0.88 + 0.12 * roll();
      return y < 35 ? sky(x, y) : [red * light, green * light, blue * light];
    };
  expect(regions(ground(215, 225, 240)).snow).toBeGreaterThan(0.8);
  expect(regions(ground(225, 215, 190)).snow).toBe(0);
  expect(regions((x, y) => (y < 35 ? sky(x, y) : [235, 240, 250])).snow).toBe(0);
});

test('a dark blue sky is a night, lamps over the whole width are its lights; a dark room has neither', () => {
  const night: Rule = (_, y) => (y < 50 ? [20, 26, 60] : [12, 12, 16]);
  const city: Rule = (x, y) => (y > 30 && x % 8 < 2 && y % 9 < 2 ? [255, 220, 150] : night(x, y));
  expect(regions(night).night).toBeGreaterThan(0.6);
  expect(regions(night).lights).toBe(0);
  expect(regions(city).lights).toBeGreaterThan(0.8);
  expect(regions(city).night).toBeGreaterThan(0.8);
  const room: Rule = (x, y) => (x > 60 && x < 90 && y > 30 ? [200, 150, 130] : [14, 12, 10]);
  expect(regions(room)).toMatchObject({ night: 0, lights: 0 });
});

test('turned leaves among green ones are plants, wood is not', () => {
  const roll = dice(7);
  const leaf = [
    [200, 110, 20],
    [210, 170, 30],
    [90, 130, 30],
    [120, 70, 20],
  ] as const;
  const autumn: Rule = () => [...leaf[Math.floor(4 * roll())]!];
  const wood: Rule = () => {
    const light = 0.7 + 0.3 * roll();
    return [180 * light, 110 * light, 50 * light];
  };
  expect(regions(autumn).vegetation).toBeGreaterThan(0.8);
  expect(regions(wood).vegetation).toBe(0);
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
