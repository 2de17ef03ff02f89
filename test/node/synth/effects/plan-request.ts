import type { Cue, SoundtrackRequest } from '#lib/job/score.ts';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';

/** A request with defaults: nothing is asked for, nothing is seen. */
export const request = (more: Partial<SoundtrackRequest> = {}): SoundtrackRequest => ({
  musicPrompt: '',
  effectsPrompt: '',
  negativePrompt: '',
  mood: { valence: 0, arousal: 0 },
  cues: [],
  curve: [],
  cuts: [],
  durationSeconds: 20,
  seed: 3,
  kind: 'effects',
  ...more,
});

/** The plan for a prompt. */
export const plan = (effectsPrompt: string, more: Partial<SoundtrackRequest> = {}) =>
  planEffects(request({ effectsPrompt, ...more }));
/** The names of the ambiences of a plan. */
export const ambiencesOf = (effectsPrompt: string, more: Partial<SoundtrackRequest> = {}) =>
  plan(effectsPrompt, more).layers.map(({ recipe }) => recipe);
/** The kinds of one-shots of a plan. */
export const oneShotsOf = (effectsPrompt: string, more: Partial<SoundtrackRequest> = {}) => [
  ...new Set(plan(effectsPrompt, more).events.map(({ recipe }) => recipe)),
];

/** A thing seen every 0.2 s whose box goes from one place to another. */
export function track(
  label: string,
  options: {
    from?: number;
    to?: number;
    start?: number;
    end?: number;
    size?: number;
    /** Width as a share of the height. */
    slim?: number;
    path?: (t: number) => number;
  } = {},
): Cue {
  const { from = 0.5, to = from, start = 0, end = 20, size = 0.4, slim = 1, path } = options;
  const times = [];
  for (let at = start; at <= end; at += 0.2) {
    const x = (path ? path(at) : from + ((to - from) * (at - start)) / (end - start)) - (size * slim) / 2;
    times.push({
      atSeconds: at,
      x: Math.max(0, Math.min(1, x)),
      y: 0.5 - size / 2,
      width: size * slim,
      height: size,
    });
  }
  return { label, score: 0.9, times };
}
/** A bright picture with some motion. */
export const curve = Array.from({ length: 41 }, (_, i) => ({
  atSeconds: i / 2,
  motion: 0.3,
  brightness: 0.5,
}));
