import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { Sight } from '../../evidence/sight.ts';
import type { AmbienceCandidate } from './candidate.ts';

/** A fire is heard when so many looks in a row show it, each at least so likely. */
const LEAST_LIKELIHOOD = 0.6;
const LEAST_LOOKS = 2;
const FIRE_DB = -5;
const MARGIN_SECONDS = 0.6;

/** The crackling of flames, while the picture shows them. One look of several is no proof: leaves glow, too. */
export function firesIn({ scenes, isStill }: Sight, { views = [] }: SoundtrackRequest): AmbienceCandidate[] {
  return scenes.flatMap((scene) => {
    if (scene.place.place.day === null) return [];
    const inScene = views.filter(
      ({ atSeconds }) => atSeconds >= scene.startSeconds && atSeconds < scene.endSeconds,
    );
    const burning = inScene.filter(({ fire }) => fire >= LEAST_LIKELIHOOD);
    const needed = isStill ? 1 : Math.max(LEAST_LOOKS, inScene.length / 4);
    if (burning.length < needed) return [];
    const first = burning[0]!.atSeconds;
    const last = burning.at(-1)!.atSeconds;
    const next = inScene.find(({ atSeconds }) => atSeconds > last)?.atSeconds ?? scene.endSeconds;
    return [
      {
        recipe: 'fire',
        because: 'fire',
        from: 'picture' as const,
        weight: 0.8,
        startSeconds:
          first === inScene[0]!.atSeconds ? scene.startSeconds : Math.max(0, first - MARGIN_SECONDS),
        endSeconds: Math.min(scene.endSeconds, next + MARGIN_SECONDS),
        fadeInSeconds: 0.8,
        fadeOutSeconds: 0.8,
        gainDb: FIRE_DB,
        pan: 0,
        intensity: 0.55,
        distance: 0.05,
      },
    ];
  });
}
