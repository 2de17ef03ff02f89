import * as v from 'valibot';
import type { GeneratedStem, ServerChoice } from '#lib/job/entries/soundtrack.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { GenerateSpecSchema, MAX_CHARACTERS, type GenerateSpec } from '#lib/protocol/job-request.ts';
import { segmentsOf } from './segments.ts';

/** Limits of a server's clips, seconds. */
export const SHORTEST_SECONDS = 1;
export const LONGEST_SECONDS = 300;

/**
 * The request to a server: prompts, also those of scenes, length, seed and options, and nothing else. The length is rounded up to hundredths,
 * so that the sound is trimmed to the sample and never too short.
 * @throws TypeError when all prompts are empty.
 */
export function generateSpec(request: SoundtrackRequest, choice: ServerChoice): GenerateSpec {
  const { musicPrompt, effectsPrompt, negativePrompt, kind, durationSeconds, seed } = request;
  const music = kind === 'effects' ? '' : clipped(musicPrompt);
  const effects = kind === 'music' ? '' : clipped(effectsPrompt);
  if (!music && !effects)
    throw new TypeError('A server needs words to make sound from; the prompts are empty.');
  const { engine, candidates, steps, guidance } = choice;
  const wanted = Math.ceil(durationSeconds * 100 - 1e-6) / 100;
  const seconds = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, wanted));
  // A sound that is repeated has no scenes of its own.
  const segments =
    choice.isSegmented && wanted <= LONGEST_SECONDS
      ? segmentsOf(request.scenes ?? [], { music, effects }, seconds)
      : undefined;
  return v.parse(GenerateSpecSchema, {
    engine,
    ...(music ? { music } : {}),
    ...(effects ? { effects } : {}),
    negative: clipped(negativePrompt),
    seconds,
    ...(segments && { segments }),
    ...{ seed, candidates, steps, guidance },
  });
}

/** How sound of `seconds` is brought to `durationSeconds`. */
export function fitOf(seconds: number, durationSeconds: number): GeneratedStem['fit'] {
  if (durationSeconds > LONGEST_SECONDS) return 'repeated';
  return durationSeconds < SHORTEST_SECONDS && seconds > durationSeconds ? 'trimmed' : 'whole';
}

/** Cuts to the protocol's limit without splitting a surrogate pair. */
function clipped(text: string): string {
  const short = text.trim().slice(0, MAX_CHARACTERS);
  return short.isWellFormed() ? short : short.slice(0, -1);
}
