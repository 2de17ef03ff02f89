import type { BlobName } from '#lib/job/blob-name.ts';
import type { BestFrameOutput } from '#lib/job/entries/best-frame.ts';
import type { Frame } from '#lib/job/entries/frames.ts';
import type { ScenePrompt } from '#lib/job/entries/prompt.ts';
import type { Scene } from '#lib/job/entries/scenes.ts';
import type { Mood } from '#lib/job/mood.ts';
import type { Layer, Score, SoundEvent } from '#lib/job/score.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Describe } from '#lib/phrases/languages.ts';
import { nearestMood } from '../../moods.ts';
import { soundName } from '../../score/names.ts';

/** One scene as it is shown. */
export interface SceneView {
  id: string;
  /** From 1 on. */
  number: number;
  startSeconds: number;
  endSeconds: number;
  picture: BlobName | null;
  /** What it shows: the user's words, else a sentence about what was recognised; empty while that is not known. */
  words: string;
  /** What it sounds like besides music; empty without a score. */
  sounds: string;
  mood: Mood | null;
  isMuted: boolean;
}

/** What the views of scenes are made from. */
export interface SceneSources {
  scenes: readonly Scene[];
  prompts: readonly ScenePrompt[];
  frames: readonly Frame[];
  best: Pick<BestFrameOutput, 'scenes'> | undefined;
  /** Second 0 of the film on the clock of the frames. */
  startSeconds: number;
  score: Score | null;
  /** Ids of muted scenes. */
  muted: ReadonlySet<string>;
  describe: Describe | null;
}

/** More sounds are not named. */
const MOST_SOUNDS = 3;

/** The scenes of a film as they are shown. */
export function sceneViews({
  scenes,
  prompts,
  score,
  muted,
  describe,
  ...pictures
}: SceneSources): SceneView[] {
  return scenes.map((scene, at) => {
    const { facts, words, mood } = prompts.find(({ id }) => id === scene.id) ?? {};
    const { id, startSeconds, endSeconds } = scene;
    return {
      ...{ id, startSeconds, endSeconds },
      number: at + 1,
      picture: pictureOf(scene, pictures),
      words: words ?? (facts && describe ? describe(facts) : ''),
      sounds: soundsIn(score, scene).map(soundName).join(', '),
      mood: mood ?? null,
      isMuted: muted.has(id),
    };
  });
}

/** The word for a mood. */
export function moodName(mood: Mood): string {
  return m.mood_names({ mood: nearestMood(mood) });
}

/** Its most typical picture, else the frame nearest to its middle. */
function pictureOf(
  { id, startSeconds: from, endSeconds: to }: Scene,
  { frames, best, startSeconds }: Pick<SceneSources, 'frames' | 'best' | 'startSeconds'>,
): BlobName | null {
  const typical = best?.scenes?.find((scene) => scene.id === id);
  if (typical && frames[typical.index]) return frames[typical.index]!.blob;
  const distance = (frame: Frame) => Math.abs(frame.takenSeconds - startSeconds - (from + to) / 2);
  return frames.toSorted((a, b) => distance(a) - distance(b))[0]?.blob ?? null;
}

/** The sounds that are heard in a scene, the loudest ambience first, then single ones. */
function soundsIn(score: Score | null, { startSeconds, endSeconds }: Scene): string[] {
  const least = Math.min(0.8, (endSeconds - startSeconds) / 2);
  const isHeard = (layer: Layer) =>
    !layer.isMuted &&
    Math.min(layer.endSeconds, endSeconds) - Math.max(layer.startSeconds, startSeconds) >= least;
  const isIn = ({ isMuted, atSeconds }: SoundEvent) =>
    !isMuted && atSeconds >= startSeconds && atSeconds < endSeconds;
  const layers = (score?.layers ?? []).filter(isHeard).sort((a, b) => b.gainDb - a.gainDb);
  const all = [...layers, ...(score?.events ?? []).filter(isIn)].map(({ recipe }) => recipe);
  return [...new Set(all)].slice(0, MOST_SOUNDS);
}
