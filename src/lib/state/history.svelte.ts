import {
  editedOf,
  redoEdit,
  undoEdit,
  withEdit,
  type Edited,
  type EditHistory,
  type EditName,
} from '#lib/projects/edit-history.ts';
import type { ProjectSession } from './project-session.svelte.ts';

export type { EditName } from '#lib/projects/edit-history.ts';

/** Quick edits of the same thing are one step when each comes within this time after the one before. */
const ONE_STEP_MILLISECONDS = 1200;

/** How an edit is recorded, and what follows it. */
export interface EditMode {
  /** Quick edits with the same text are one step. */
  merge?: string;
  /** Within which time they are, milliseconds. */
  mergeWithin?: number;
  /** Whether the soundtrack is made again: after a pause, or when what is typed is applied. */
  run?: boolean | 'when-applied';
}

/** Everything that the user has done to the open project, with undo and redo. */
export class History {
  readonly #session: () => ProjectSession | null;
  readonly #follow: (remakes: boolean) => Promise<void>;
  /** The last step, while further edits can join it. */
  #open: { session: ProjectSession; merge: string; at: number; from: Edited; history: EditHistory } | null =
    null;

  /**
   * @param session Returns the session of the open project.
   * @param follow Called after an undo or redo, with whether sound is made for that step.
   */
  constructor(session: () => ProjectSession | null, follow: (remakes: boolean) => Promise<void>) {
    this.#session = session;
    this.#follow = follow;
  }

  /** The edit that can be undone next. */
  readonly undoName: EditName | null = $derived.by(() => this.#session()?.history.past.at(-1)?.name ?? null);
  /** The edit that can be redone next. */
  readonly redoName: EditName | null = $derived.by(
    () => this.#session()?.history.future.at(-1)?.name ?? null,
  );

  /** Changes the open project, and records the change as a step. */
  record(name: EditName, change: Partial<Edited>, mode: EditMode = {}): void {
    const session = this.#session();
    if (!session) return;
    const { merge, mergeWithin = ONE_STEP_MILLISECONDS, run = false } = mode;
    const open = this.#open;
    const now = Date.now();
    const isSameStep =
      open !== null && open.session === session && open.merge === merge && now - open.at < mergeWithin;
    const before = isSameStep ? open.history : session.history;
    const from = isSameStep ? open.from : editedOf(session.project);
    const to = { ...editedOf(session.project), ...change };
    const next = withEdit(before, name, from, to, run !== false);
    this.#open = merge === undefined ? null : { session, merge, at: now, from, history: before };
    session.edit(change, next);
  }

  /** Undoes the last edit. */
  undo(): Promise<void> {
    return this.#step('undo');
  }

  /** Redoes the edit that was undone last. */
  redo(): Promise<void> {
    return this.#step('redo');
  }

  async #step(did: 'undo' | 'redo'): Promise<void> {
    const session = this.#session();
    if (!session) return;
    this.#open = null;
    const stepped = (did === 'undo' ? undoEdit : redoEdit)(session.history, editedOf(session.project));
    if (!stepped) {
      // Nothing of it fits what another tab has made of the project.
      session.edit({}, { ...session.history, [did === 'undo' ? 'past' : 'future']: [] });
      return;
    }
    session.edit(stepped.edited, stepped.history);
    await this.#follow(stepped.step.remakes);
  }
}
