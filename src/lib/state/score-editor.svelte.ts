import type { EntryOf } from '#lib/job/entry.ts';
import type { Overrides } from '#lib/job/options.ts';
import type { Score } from '#lib/job/score.ts';
import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import type { Project } from '#lib/projects/project.ts';
import { reviseScore, soundCatalogue } from '#lib/steps/soundtrack/soundtrack.ts';
import type { EditMode, EditName } from './history.svelte.ts';

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  readonly takes: { readonly selected: EntryOf<'soundtrack'> | undefined };
  readonly isUpToDate: boolean;
  edit(name: EditName, changes: Overrides, mode?: EditMode): Promise<void>;
}

/** The score of the selected take and its edits. */
export class ScoreEditor {
  /** Everything that can be played; null until it is loaded. */
  catalogue: SoundCatalogue | null = $state.raw(null);

  readonly #studio: EditedStudio;

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  /** The edited score; null while it is unedited. */
  readonly edited: Score | null = $derived.by(
    () => this.#studio.project?.options.all.soundtrack.score ?? null,
  );
  /** The edited score, else the planned one; null when there is none, as in a server's take. */
  readonly score: Score | null = $derived.by(
    () => this.edited ?? this.#studio.takes.selected?.output.score ?? null,
  );
  /** Whether the score may be edited: not while changed prompts wait for a new plan. */
  readonly canEdit: boolean = $derived.by(() => this.edited !== null || this.#studio.isUpToDate);

  /**
   * Changes the score; the sound follows after a pause.
   * @param merge Quick edits with the same text are one step of the history.
   */
  edit(name: EditName, change: (score: Score) => Score, merge?: string): void {
    const { score } = this;
    if (score && this.canEdit) this.#set(name, change(score), merge);
  }

  /** Changes the style, key or tempo of the music. */
  async revise(change: Parameters<typeof reviseScore>[1]): Promise<void> {
    const { score } = this;
    if (!score) return;
    const revised = await reviseScore(score, change, new AbortController().signal);
    const name = { does: Object.keys(change)[0] ?? 'change', what: change.style };
    if (this.score === score) this.edit(name, () => revised, `music ${Object.keys(change).join()}`);
  }

  /** Goes back to the plan. */
  reset(): void {
    if (this.edited) this.#set({ does: 'plan' }, null);
  }

  /** Loads the catalogue, once. */
  async open(): Promise<void> {
    this.catalogue ??= await soundCatalogue(new AbortController().signal);
  }

  #set(name: EditName, score: Score | null, merge?: string): void {
    void this.#studio.edit(name, { soundtrack: { score } }, { run: true, ...(merge && { merge }) });
  }
}
