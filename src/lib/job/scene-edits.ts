import type { SceneWords } from './entries/prompt.ts';
import type { ScenesOptions } from './entries/scenes.ts';
import type { AllOptions } from './options.ts';

/** The user's boundaries, and those that the user has removed. */
export type BoundaryEdits = Pick<ScenesOptions, 'added' | 'removed'>;

/** Everything that the user decides about scenes, in the options of the steps that read it. */
export interface SceneEdits {
  scenes: ScenesOptions;
  prompt: Pick<AllOptions['prompt'], 'scenes'>;
  soundtrack: Pick<AllOptions['soundtrack'], 'scenes'>;
  mix: Pick<AllOptions['mix'], 'mutedScenes'>;
}

/** Times are equal within this, seconds. */
const SAME_SECONDS = 0.001;

const without = (times: readonly number[], at: number) =>
  times.filter((time) => Math.abs(time - at) > SAME_SECONDS);

/** With a boundary at a time, seconds from the beginning of the film. */
export function addBoundary({ added, removed }: BoundaryEdits, at: number): BoundaryEdits {
  return { added: [...without(added, at), at].sort((a, b) => a - b), removed: [...removed] };
}

/** Without the boundary at a time: a found one is kept in mind, so that it is not found again. */
export function removeBoundary({ added, removed }: BoundaryEdits, at: number): BoundaryEdits {
  const own = without(added, at);
  if (own.length < added.length) return { added: own, removed: [...removed] };
  return { added: [...added], removed: [...without(removed, at), at].sort((a, b) => a - b) };
}

/** With the boundary at one time moved to another. */
export function moveBoundary(edits: BoundaryEdits, from: number, to: number): BoundaryEdits {
  return addBoundary(removeBoundary(edits, from), to);
}

/** The edits that options hold. */
export function sceneEditsOf({ scenes, prompt, soundtrack, mix }: AllOptions): SceneEdits {
  return {
    scenes,
    prompt: { scenes: prompt.scenes },
    soundtrack: { scenes: soundtrack.scenes },
    mix: { mutedScenes: mix.mutedScenes },
  };
}

/** The edits with other words or another mood for a scene; a scene without either is left out. */
export function describeScene(
  edits: SceneEdits,
  id: string,
  change: Partial<Omit<SceneWords, 'id'>>,
): SceneEdits {
  const { scenes } = edits.prompt;
  const before = scenes.find((scene) => scene.id === id) ?? { id, description: null, mood: null };
  const after = { ...before, ...change };
  const isEmpty = after.description === null && after.mood === null;
  const others = scenes.filter((scene) => scene.id !== id);
  return { ...edits, prompt: { scenes: isEmpty ? others : [...others, after] } };
}

/** The edits with a scene made another time. */
export function remakeScene(edits: SceneEdits, id: string): SceneEdits {
  const { scenes } = edits.soundtrack;
  const seed = (scenes.find((scene) => scene.id === id)?.seed ?? 0) + 1;
  return { ...edits, soundtrack: { scenes: [...scenes.filter((scene) => scene.id !== id), { id, seed }] } };
}

/** The edits with a scene muted, or with its sound again. */
export function muteScene(edits: SceneEdits, id: string, isMuted: boolean): SceneEdits {
  const others = edits.mix.mutedScenes.filter((muted) => muted !== id);
  return { ...edits, mix: { mutedScenes: isMuted ? [...others, id] : others } };
}

/** The edits with what was said about a scene under its new name: its start has moved. */
export function renameScene(edits: SceneEdits, from: string, to: string): SceneEdits {
  const renamed = <T extends { id: string }>(said: readonly T[]): T[] =>
    said
      .filter(({ id }) => id === from || id !== to)
      .map((one) => (one.id === from ? { ...one, id: to } : one));
  return {
    scenes: edits.scenes,
    prompt: { scenes: renamed(edits.prompt.scenes) },
    soundtrack: { scenes: renamed(edits.soundtrack.scenes) },
    mix: {
      mutedScenes: renamed(edits.mix.mutedScenes.map((id) => ({ id }))).map(({ id }) => id),
    },
  };
}
