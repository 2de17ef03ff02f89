import type { EntryOf, OptionsOf } from '#lib/job/entry.ts';
import type { Score } from '#lib/job/score.ts';
import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import type { Project } from '#lib/projects/project.ts';
import { reviseScore, soundCatalogue } from '#lib/steps/soundtrack/soundtrack.ts';

/** The sound is rendered again when nothing has changed for this long. */
const PAUSE_MILLISECONDS = 450;
/** Changes of the same thing within this time are undone together. */
const ONE_STEP_MILLISECONDS = 1200;
const MAX_UNDO_STEPS = 100;

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  readonly takes: { readonly selected: EntryOf<'soundtrack'> | undefined };
  readonly isUpToDate: boolean;
  change(step: 'soundtrack', options: Partial<OptionsOf<'soundtrack'>>): Promise<void>;
  run(): Promise<boolean>;
}

/** The score of the selected take and its edits, with undo and redo. */
export class ScoreEditor {
  /** Everything that can be played; null until it is loaded. */
  catalogue: SoundCatalogue | null = $state.raw(null);

  readonly #studio: EditedStudio;
  /** Scores before and after the present one; null is the unedited plan. */
  #past: (Score | null)[] = $state.raw([]);
  #future: (Score | null)[] = $state.raw([]);
  /** The score that this editor set last: when the options have another one, undo and redo don't apply to it. */
  #mine: Score | null = $state.raw(null);
  #lastEdit = { name: '', at: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

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
  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0 && this.edited === this.#mine);
  readonly canRedo: boolean = $derived.by(() => this.#future.length > 0 && this.edited === this.#mine);

  /**
   * Changes the score; the sound follows after a pause.
   * @param name What is changed: quick changes of the same thing are undone together.
   */
  edit(name: string, change: (score: Score) => Score): void {
    const { score, edited } = this;
    if (!score || !this.canEdit) return;
    const next = change(score);
    const now = Date.now();
    const isSame = name === this.#lastEdit.name && now - this.#lastEdit.at < ONE_STEP_MILLISECONDS;
    const past = this.edited === this.#mine ? this.#past : [];
    if (!isSame || past.length === 0) this.#past = [...past, edited].slice(-MAX_UNDO_STEPS);
    this.#future = [];
    this.#lastEdit = { name, at: now };
    this.#set(next);
  }

  /** Changes the style, key or tempo of the music. */
  async revise(change: Parameters<typeof reviseScore>[1]): Promise<void> {
    const { score } = this;
    if (!score) return;
    const revised = await reviseScore(score, change, new AbortController().signal);
    if (this.score === score) this.edit('revise', () => revised);
  }

  undo(): void {
    if (!this.canUndo) return;
    this.#future = [...this.#future, this.edited];
    const before = this.#past.at(-1)!;
    this.#past = this.#past.slice(0, -1);
    this.#step(before);
  }

  redo(): void {
    if (!this.canRedo) return;
    this.#past = [...this.#past, this.edited];
    const after = this.#future.at(-1)!;
    this.#future = this.#future.slice(0, -1);
    this.#step(after);
  }

  /** Goes back to the plan; can be undone. */
  reset(): void {
    if (!this.edited) return;
    const past = this.edited === this.#mine ? this.#past : [];
    this.#past = [...past, this.edited];
    this.#future = [];
    this.#step(null);
  }

  /** Loads the catalogue, once. */
  async open(): Promise<void> {
    this.catalogue ??= await soundCatalogue(new AbortController().signal);
  }

  #step(score: Score | null): void {
    this.#lastEdit = { name: '', at: 0 };
    this.#set(score);
  }

  #set(score: Score | null): void {
    this.#mine = score;
    void this.#studio.change('soundtrack', { score });
    clearTimeout(this.#timer);
    const project = this.#studio.project?.id;
    this.#timer = setTimeout(() => {
      if (this.#studio.project?.id === project) void this.#studio.run();
    }, PAUSE_MILLISECONDS);
  }
}
