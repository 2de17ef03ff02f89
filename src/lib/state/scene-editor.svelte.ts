import type { OptionsOf } from '#lib/job/entry.ts';
import { addBoundary, moveBoundary, removeBoundary, type BoundaryEdits } from '#lib/job/scene-edits.ts';
import type { Project } from '#lib/projects/project.ts';

const MAX_UNDO_STEPS = 100;

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  changeAndRun(step: 'scenes', options: Partial<OptionsOf<'scenes'>>): Promise<void>;
}

/** The user's edits of the boundaries between scenes, with undo. */
export class SceneEditor {
  readonly #studio: EditedStudio;
  #past: BoundaryEdits[] = $state.raw([]);
  /** The edits that this editor made last: when the options have others, undo doesn't apply to them. */
  #mine: BoundaryEdits | null = $state.raw(null);

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  readonly canUndo: boolean = $derived.by(
    () => this.#past.length > 0 && JSON.stringify(this.#edits) === JSON.stringify(this.#mine),
  );

  /** Begins a new scene at a time, seconds from the beginning of the film. */
  split(at: number): Promise<void> {
    return this.#edit((edits) => addBoundary(edits, at));
  }

  /** Joins the scene that begins at a time to the one before. */
  join(at: number): Promise<void> {
    return this.#edit((edits) => removeBoundary(edits, at));
  }

  /** Lets a scene begin at another time. */
  move(from: number, to: number): Promise<void> {
    return this.#edit((edits) => moveBoundary(edits, from, to));
  }

  async undo(): Promise<void> {
    const before = this.#past.at(-1);
    if (!before || !this.canUndo) return;
    this.#past = this.#past.slice(0, -1);
    this.#mine = before;
    await this.#studio.changeAndRun('scenes', before);
  }

  get #edits(): BoundaryEdits {
    const { added = [], removed = [] } = this.#studio.project?.options.all.scenes ?? {};
    return { added, removed };
  }

  async #edit(change: (edits: BoundaryEdits) => BoundaryEdits): Promise<void> {
    const before = this.#edits;
    const isMine = JSON.stringify(before) === JSON.stringify(this.#mine);
    this.#past = [...(isMine ? this.#past : []), before].slice(-MAX_UNDO_STEPS);
    this.#mine = change(before);
    await this.#studio.changeAndRun('scenes', this.#mine);
  }
}
