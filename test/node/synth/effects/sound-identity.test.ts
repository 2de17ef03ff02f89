import { expect, it } from 'vitest';
import { SOUNDS } from '#lib/synth/effects/sounds.ts';
import { featuresOf } from '../../../bench/recognise/features.ts';
import { Recogniser } from '../../../bench/recognise/nearest.ts';
import { renderSolo, toMono } from '../../../bench/recognise/solo.ts';

const SEEDS = [11, 12, 13];

it('a recogniser tells the sounds apart: at least 85 % are named right from other seeds', () => {
  const examples = SOUNDS.flatMap(({ name, ...sound }) =>
    SEEDS.map((seed) => {
      const seconds =
        sound.kind === 'ambience' ? 2.5 : Math.min(2.5, ('seconds' in sound ? sound.seconds : 2) + 0.5);
      return {
        label: name,
        seed,
        features: featuresOf(toMono(renderSolo(name, { seed, seconds, atSeconds: 0.05 }))),
      };
    }),
  );
  const recogniser = new Recogniser(examples, 1);
  const wrong = examples.filter(
    ({ features, label, seed }) => recogniser.name(features, (i) => examples[i]!.seed !== seed) !== label,
  );
  expect(1 - wrong.length / examples.length).toBeGreaterThan(0.85);
}, 240_000);
