/** Runs parts of the full mix when asked; the parent says when and reads this thread's processor time around it. */
import { planScore } from '../../../src/lib/synth/plan.ts';
import { renderStem } from '../../../src/lib/synth/render.ts';
import { renderWindow } from '../../../src/lib/synth/render-window.ts';
import { varyRange } from '../../../src/lib/synth/vary-range.ts';
import { fullMix } from './full-mix.ts';
import { partsOf } from './parts.ts';

/**
 * `part` runs one; `first` plans and renders until the first chunk of a stem; `anew` makes five seconds in the middle anew, until
 * their first chunk; `names` lists the parts.
 */
export type Wish =
  | { kind: 'names'; seconds: number }
  | { kind: 'part'; name: string; seconds: number }
  | { kind: 'first' | 'anew'; stem: 'music' | 'effects'; seconds: number };

addEventListener('message', ({ data }: MessageEvent<Wish>) => {
  void answer(data).then((value) => {
    postMessage(value);
  });
});
postMessage('ready');

async function answer(wish: Wish): Promise<unknown> {
  const score = fullMix(wish.seconds);
  if (wish.kind === 'names') return Object.keys(partsOf(score));
  if (wish.kind === 'part') {
    const began = performance.now();
    await partsOf(score)[wish.name]!();
    return performance.now() - began;
  }
  if (wish.kind === 'anew') {
    const startSeconds = wish.seconds / 2;
    const range = { startSeconds, endSeconds: startSeconds + 5, track: wish.stem };
    const varied = varyRange(score, { ...range, seed: 1, style: null, words: null });
    const frames = [startSeconds * 48_000, (startSeconds + 5) * 48_000] as const;
    return renderWindow(varied, wish.stem, ...frames).next().value !== undefined;
  }
  const { durationSeconds, seed, mood } = score;
  const cuts = Array.from({ length: wish.seconds / 10 }, (_, k) => ({
    atSeconds: 9.4 + 10 * k,
    weight: 0.8,
  }));
  const words = {
    musicPrompt: 'warm cinematic strings',
    effectsPrompt: 'waves, wind, birds',
    negativePrompt: '',
  };
  const planned = planScore({
    ...words,
    durationSeconds,
    seed,
    mood,
    cuts,
    cues: [],
    curve: [],
    kind: 'both',
  });
  return renderStem(planned, wish.stem).next().value !== undefined;
}
