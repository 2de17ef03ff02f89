import type { RequestScene, SoundtrackRequest } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import type { SectionFrame } from './plan-sections.ts';

type Cut = SoundtrackRequest['cuts'][number];

/** A scene begins at a cut that is this near. */
const SAME_SECONDS = 0.05;
/** Weight of the start of a scene: a bar line; soft transitions get no accent. */
const HARD = 1;
const SOFT = 0.5;
/** How much fuller the music of a scene is that is one unit more excited than the film. */
const FULLER = 0.3;
/** How much fuller a section may be than the one before it: more would be a jump in loudness where a scene begins. */
const MOST_FULLER = 0.3;

/** The cuts with the starts of scenes among them, so that sections begin there. */
export function withScenes(cuts: readonly Cut[], scenes: readonly RequestScene[]): Cut[] {
  const starts = scenes.slice(1).map(({ startSeconds, fadeSeconds }) => ({
    atSeconds: startSeconds,
    weight: fadeSeconds > 0 ? SOFT : HARD,
  }));
  const others = cuts.filter(
    (cut) => !starts.some(({ atSeconds }) => Math.abs(atSeconds - cut.atSeconds) < SAME_SECONDS),
  );
  return [...others, ...starts].sort((a, b) => a.atSeconds - b.atSeconds);
}

/** Makes the sections of lively scenes fuller, and those of calm ones thinner. */
export function shapeByScenes(sections: readonly SectionFrame[], scenes: readonly RequestScene[]): void {
  if (scenes.length < 2) return;
  const seconds = scenes.reduce((sum, scene) => sum + scene.endSeconds - scene.startSeconds, 0);
  const usual = scenes.reduce(
    (sum, scene) => sum + (scene.mood.arousal * (scene.endSeconds - scene.startSeconds)) / seconds,
    0,
  );
  for (const section of sections) {
    const more = FULLER * (sceneAt(scenes, section).mood.arousal - usual);
    section.intensity = clamp(section.intensity + more, 0.12, 1);
  }
  // From the end, so that a full section is built up to by all before it.
  for (let k = sections.length - 2; k >= 0; k--)
    sections[k]!.intensity = Math.max(sections[k]!.intensity, sections[k + 1]!.intensity - MOST_FULLER);
  for (const section of sections) section.intensity = Math.round(section.intensity * 100) / 100;
}

/** The scene in which the middle of a section lies. */
export function sceneAt(
  scenes: readonly RequestScene[],
  { startSeconds, endSeconds }: Pick<SectionFrame, 'startSeconds' | 'endSeconds'>,
): RequestScene {
  const middle = (startSeconds + endSeconds) / 2;
  return scenes.find((scene) => scene.endSeconds > middle) ?? scenes.at(-1)!;
}
