import type { SceneWords } from '#lib/job/entries/prompt.ts';
import type { ScenesOptions } from '#lib/job/entries/scenes.ts';
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
import type { Score } from '#lib/job/score.ts';
import type { Project } from '#lib/projects/project.ts';

const MAX_UNDO_STEPS = 100;

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  changeSteps(changes: Overrides): Promise<void>;
  run(): Promise<boolean>;
}

/** What an edit has replaced: the edits before it, and the score that the user had edited. */
interface Before {
  edits: SceneEdits;
  score: Score | null;
}

/** The user's edits of scenes and of the boundaries between them, with undo. */
export class SceneEditor {
  readonly #studio: EditedStudio;
  #past: Before[] = $state.raw([]);
  /** The edits that this editor made last: when the options have others, undo doesn't apply to them. */
  #mine: SceneEdits | null = $state.raw(null);

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  /** The present edits; null without a project. */
  readonly edits: SceneEdits | null = $derived.by(() => {
    const { project } = this.#studio;
    return project && sceneEditsOf(project.options.all);
  });

  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0 && isSame(this.edits, this.#mine));

  /** Begins a new scene at a time, seconds from the beginning of the film. */
  split(at: number): Promise<void> {
    return this.#edit((edits) => withBoundaries(edits, addBoundary(edits.scenes, at)));
  }

  /** Joins the scene that begins at a time to the one before. */
  join(at: number): Promise<void> {
    return this.#edit((edits) => withBoundaries(edits, removeBoundary(edits.scenes, at)));
  }

  /** Lets a scene begin at another time. What was said about it is kept. */
  move(from: number, to: number): Promise<void> {
    return this.#edit((edits) => {
      const moved = withBoundaries(edits, moveBoundary(edits.scenes, from, to));
      return renameScene(moved, sceneId(from), sceneId(to));
    });
  }

  /** Finds more scenes or fewer, or longer ones, or finds them in another way. */
  find(change: Partial<Omit<ScenesOptions, keyof BoundaryEdits>>): Promise<void> {
    return this.#edit((edits) => ({ ...edits, scenes: { ...edits.scenes, ...change } }));
  }

  /** Gives a scene other words or another mood; null leaves it to what is seen. */
  describe(id: string, change: Partial<Omit<SceneWords, 'id'>>): Promise<void> {
    return this.#edit((edits) => describeScene(edits, id, change));
  }

  /** Makes the sound of one scene anew. */
  remake(id: string): Promise<void> {
    return this.#edit((edits) => remakeScene(edits, id));
  }

  /** Silences music and effects in a scene, or brings them back; nothing is made again. */
  mute(id: string, isMuted: boolean): Promise<void> {
    return this.#edit((edits) => muteScene(edits, id, isMuted));
  }

  async undo(): Promise<void> {
    const before = this.#past.at(-1);
    if (!before || !this.canUndo) return;
    this.#past = this.#past.slice(0, -1);
    await this.#apply(before.edits, before.score);
  }

  async #edit(change: (edits: SceneEdits) => SceneEdits): Promise<void> {
    const { project } = this.#studio;
    const { edits } = this;
    if (!project || !edits) return;
    const { score } = project.options.all.soundtrack;
    this.#past = [...(isSame(edits, this.#mine) ? this.#past : []), { edits, score }].slice(-MAX_UNDO_STEPS);
    await this.#apply(change(edits), null);
  }

  /** @param score The edited score that these edits were made with; null has it planned. */
  async #apply(next: SceneEdits, score: Score | null): Promise<void> {
    const { edits } = this;
    this.#mine = next;
    const { mix, ...planned } = next;
    const isPlanned = !isSame(edits && { ...edits, mix }, next);
    await this.#studio.changeSteps(
      isPlanned ? { ...next, soundtrack: { ...planned.soundtrack, score } } : { mix },
    );
    if (isPlanned) await this.#studio.run();
  }
}

function withBoundaries(edits: SceneEdits, boundaries: BoundaryEdits): SceneEdits {
  return { ...edits, scenes: { ...edits.scenes, ...boundaries } };
}

function isSame(one: SceneEdits | null, other: SceneEdits | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
