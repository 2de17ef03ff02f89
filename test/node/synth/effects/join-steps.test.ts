import { expect, it } from 'vitest';
import { stepsAt } from '../../../bench/scenes/joins.ts';
import { noise, sine } from '../../media/audio/signals.ts';

it('loud noise has large steps everywhere and no click', () => {
  const sound = noise(0.3, 96_000);
  const steps = stepsAt({ left: sound, right: sound }, 1);
  expect(steps.largest).toBeGreaterThan(0.1);
  expect(steps.isClick).toBe(false);
});

it.each([1, 1.005, 0.995])('a cut in a tone is a click, at %s s', (atSeconds) => {
  const sound = sine(300, -12, 2);
  const at = Math.round(atSeconds * 48_000);
  const cut = sound.map((sample, i) => (i < at ? sample : sample + 0.05));
  expect(stepsAt({ left: sound, right: sound }, 1).isClick).toBe(false);
  expect(stepsAt({ left: sound, right: cut }, 1).isClick).toBe(true);
  // At a lower gain it is too small to be one.
  expect(stepsAt({ left: sound, right: cut }, 1, 0.2).isClick).toBe(false);
});
