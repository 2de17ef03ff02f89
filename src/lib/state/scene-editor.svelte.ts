import type { SceneWords } from '#lib/job/entries/prompt.ts';
import type { ScenesOptions } from '#lib/job/entries/scenes.ts';
import { findEntry } from '#lib/job/job.ts';
import type { Overrides } from '#lib/job/options.ts';
import {
  addBoundary,
  describeScene,
  moveBoundary,
  muteScene,
  remakeScene,
  removeBoundary,
  renameScene,
  sceneEditsOf,
  type BoundaryEdits,
  type SceneEdits,
} from '#lib/job/scene-edits.ts';
import { sceneId } from '#lib/job/scene-id.ts';
import type { Project } from '#lib/projects/project.ts';
import type { EditMode, EditName } from './history.svelte.ts';

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  edit(name: EditName, changes: Overrides, mode?: EditMode): Promise<void>;
}

/** The user's edits of scenes and of the boundaries between them. */
export class SceneEditor {
  readonly #studio: EditedStudio;

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  /** The present edits; null without a project. */
  readonly edits: SceneEdits | null = $derived.by(() => {
    const { project } = this.#studio;
    return project && sceneEditsOf(project.options.all);
  });

  /** Begins a new scene at a time, seconds from the beginning of the film. */
  split(at: number): Promise<void> {
    return this.#edit('scene-split', (edits) => withBoundaries(edits, addBoundary(edits.scenes, at)));
  }

  /** Joins the scene that begins at a time to the one before. */
  join(at: number): Promise<void> {
    return this.#edit('scene-join', (edits) => withBoundaries(edits, removeBoundary(edits.scenes, at)));
  }

  /** Lets a scene begin at another time. What was said about it is kept. */
  move(from: number, to: number): Promise<void> {
    return this.#edit('scene-move', (edits) => {
      const moved = withBoundaries(edits, moveBoundary(edits.scenes, from, to));
      return renameScene(moved, sceneId(from), sceneId(to));
    });
  }

  /** Finds more scenes or fewer, or longer ones, or finds them in another way. */
  find(change: Partial<Omit<ScenesOptions, keyof BoundaryEdits>>): Promise<void> {
    return this.#edit('scene-finding', (edits) => ({ ...edits, scenes: { ...edits.scenes, ...change } }), {
      merge: 'scene-finding',
    });
  }

  /** Gives a scene other words or another mood; null leaves it to what is seen. */
  describe(id: string, change: Partial<Omit<SceneWords, 'id'>>, mode?: EditMode): Promise<void> {
    const does = 'mood' in change ? 'scene-mood' : 'scene-words';
    return this.#edit(does, (edits) => describeScene(edits, id, change), {
      ...mode,
      what: this.#number(id),
    });
  }

  /** Makes the sound of one scene anew. */
  remake(id: string): Promise<void> {
    return this.#edit('scene-remake', (edits) => remakeScene(edits, id), { what: this.#number(id) });
  }

  /** Silences music and effects in a scene, or brings them back; nothing is made again. */
  mute(id: string, isMuted: boolean): Promise<void> {
    const does = isMuted ? 'scene-mute' : 'scene-unmute';
    return this.#edit(does, (edits) => muteScene(edits, id, isMuted), { what: this.#number(id) });
  }

  async #edit(
    does: string,
    change: (edits: SceneEdits) => SceneEdits,
    { what, ...mode }: EditMode & { what?: string | undefined } = {},
  ): Promise<void> {
    const { edits } = this;
    if (!edits) return;
    const next = change(edits);
    const { mix, ...planned } = next;
    const isPlanned = !isSame({ ...edits, mix }, next);
    // Muted scenes are made like the others, and are not played.
    if (isPlanned)
      await this.#studio.edit(
        { does, what },
        { ...next, soundtrack: { ...planned.soundtrack, score: null } },
        { run: true, ...mode },
      );
    else await this.#studio.edit({ does, what }, { mix }, mode);
  }

  /** The number of a scene among those that were found last. */
  #number(id: string): string | undefined {
    const { project } = this.#studio;
    const scenes = project && findEntry(project.job, 'scenes')?.output.scenes;
    const at = scenes?.findIndex((scene) => scene.id === id) ?? -1;
    return at < 0 ? undefined : String(at + 1);
  }
}

function withBoundaries(edits: SceneEdits, boundaries: BoundaryEdits): SceneEdits {
  return { ...edits, scenes: { ...edits.scenes, ...boundaries } };
}

function isSame(one: SceneEdits | null, other: SceneEdits | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
