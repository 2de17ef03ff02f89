import type { Layer, Score, SoundEvent } from './score.ts';
import type { CatalogueSound } from './sound-catalogue.ts';
import { edits } from './score-edits.ts';

/** How long an ambience is listened to, and the least and the most of a single sound with its reverberation. */
const LAYER_SECONDS = 3;
const LEAST_SECONDS = 1.2;
const MOST_SECONDS = 6;
const TAIL_SECONDS = 0.8;

/** A score that plays one sound of the catalogue alone. */
export function sampleOf(sound: CatalogueSound): Score {
  return edits.add(scoreOf(sound.kind === 'layer' ? LAYER_SECONDS : lengthOf(sound.seconds)), sound, 0);
}

/** A score that plays a sound of another score alone, from its beginning. */
export function sampleOfPlaced(sound: Layer | SoundEvent): Score {
  if ('startSeconds' in sound) {
    const endSeconds = Math.min(LAYER_SECONDS, sound.endSeconds - sound.startSeconds);
    return {
      ...scoreOf(endSeconds),
      layers: [
        {
          ...sound,
          fadeInSeconds: undefined,
          fadeOutSeconds: undefined,
          startSeconds: 0,
          endSeconds,
          isMuted: false,
        },
      ],
    };
  }
  const score = scoreOf(lengthOf(sound.durationSeconds));
  return { ...score, events: [{ ...sound, untilSeconds: undefined, atSeconds: 0, isMuted: false }] };
}

function lengthOf(seconds: number): number {
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds + TAIL_SECONDS));
}

function scoreOf(durationSeconds: number): Score {
  return {
    ...{ durationSeconds, seed: 1, mood: { valence: 0, arousal: 0 }, music: null },
    ...{ layers: [], events: [], unknownWords: [] },
  };
}
