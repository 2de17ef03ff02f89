import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import type { Source } from './source.ts';

/**
 * An endless source made of single sounds. `pauseSeconds` gives the time until the next one begins (asked again after
 * each), `make` creates it; both get its index, counted from 0. The first begins after the first pause.
 */
export function sprinkle(
  random: Random,
  pauseSeconds: (random: Random, index: number) => number,
  make: (random: Random, index: number) => Source,
): Source {
  let live: Source[] = [];
  let index = 0;
  let wait = Math.round(pauseSeconds(random, 0) * SAMPLE_RATE);
  return (left, right, from, to) => {
    live = live.filter((source) => source(left, right, from, to));
    let at = from + wait;
    while (at < to) {
      const source = make(random.fork(index), index);
      if (source(left, right, at, to)) live.push(source);
      index++;
      at += Math.max(1, Math.round(pauseSeconds(random, index) * SAMPLE_RATE));
    }
    wait = at - to;
    return true;
  };
}
