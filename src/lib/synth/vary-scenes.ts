import type { Layer, RequestScene, Score, SoundEvent } from '#lib/job/score.ts';
import { AFTER_CUT_SECONDS, BEFORE_CUT_SECONDS } from './effects/plan/ambiences-of-places.ts';
import { sceneAt } from './music/plan/scenes.ts';

/** Variations of one attempt: more than a plan uses of one sound. */
const VARIATIONS = 1000;

/** The variation of a sound in another attempt, which counts from 1. */
export function variationIn(attempt: number, variation = 0): number {
  return variation + VARIATIONS * attempt;
}

/** Scenes that were made anew are played another way: their notes, ambiences and one-shots. All others stay. */
export function varyScenes<S extends Pick<Score, 'music' | 'layers' | 'events'>>(
  score: S,
  scenes: readonly RequestScene[],
): S {
  const varied = scenes.filter(({ seed }) => seed);
  if (varied.length === 0) return score;
  const { music } = score;
  const sections = music?.sections.map((section) => {
    const { seed } = sceneAt(scenes, section);
    return seed ? { ...section, variation: seed } : section;
  });
  return {
    ...score,
    music: music && { ...music, sections: sections! },
    layers: varied.reduce(
      (layers, scene) => layers.flatMap((layer) => varyLayer(layer, scene)),
      score.layers,
    ),
    events: score.events.map((event) => varyEvent(event, varied)),
  };
}

function varyEvent(event: SoundEvent, varied: readonly RequestScene[]): SoundEvent {
  const scene = varied.find(
    ({ startSeconds, endSeconds }) => event.atSeconds >= startSeconds && event.atSeconds < endSeconds,
  );
  return scene ? { ...event, variation: variationIn(scene.seed!, event.variation) } : event;
}

/** The part of an ambience that lies in a scene, another way, with crossfades to what is before and after it. */
function varyLayer(layer: Layer, { startSeconds, endSeconds, seed }: RequestScene): Layer[] {
  const from = startSeconds - BEFORE_CUT_SECONDS;
  const to = endSeconds + AFTER_CUT_SECONDS;
  // It must reach into the scene, not only over its edge.
  if (layer.startSeconds >= endSeconds - BEFORE_CUT_SECONDS) return [layer];
  if (layer.endSeconds <= startSeconds + AFTER_CUT_SECONDS) return [layer];
  const fade = BEFORE_CUT_SECONDS + AFTER_CUT_SECONDS;
  const isOpenBefore = layer.startSeconds < from - fade;
  const isOpenAfter = layer.endSeconds > to + fade;
  const own = { ...layer, variation: variationIn(seed!, layer.variation) };
  if (isOpenBefore) Object.assign(own, { startSeconds: from, fadeInSeconds: fade });
  if (isOpenAfter) Object.assign(own, { endSeconds: to, fadeOutSeconds: fade });
  const parts = [own];
  if (isOpenBefore)
    parts.unshift({
      ...layer,
      endSeconds: startSeconds + AFTER_CUT_SECONDS,
      fadeOutSeconds: fade,
    } as typeof own);
  if (isOpenAfter)
    parts.push({
      ...layer,
      startSeconds: endSeconds - BEFORE_CUT_SECONDS,
      fadeInSeconds: fade,
    } as typeof own);
  return parts;
}
