import type { EntryOf, OptionsOf } from '#lib/job/entry.ts';
import type { Score } from '#lib/job/score.ts';
import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import type { Project } from '#lib/projects/project.ts';
import { reviseScore, soundCatalogue } from '#lib/steps/soundtrack/soundtrack.ts';

/** The sound is made anew when nothing was changed for so long. */
const PAUSE_MILLISECONDS = 450;
/** Changes of the same thing within this time are one step back. */
const ONE_STEP_MILLISECONDS = 1200;
const MOST_STEPS = 100;

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  readonly takes: { readonly heard: EntryOf<'soundtrack'> | undefined };
  readonly isPlanned: boolean;
  change(step: 'soundtrack', options: Partial<OptionsOf<'soundtrack'>>): Promise<void>;
  run(): Promise<boolean>;
}

/** The score of the take that is heard, and what the user does to it: edits, steps back and forth, the way home. */
export class ScoreEditor {
  /** What can be played; null until it was asked for. */
  catalogue: SoundCatalogue | null = $state.raw(null);

  readonly #studio: EditedStudio;
  /** Scores before and after the present one; null is the plan as it was made. */
  #past: (Score | null)[] = $state.raw([]);
  #future: (Score | null)[] = $state.raw([]);
  /** The score that this editor set last: when the options hold another one, the steps belong to something else. */
  #mine: Score | null = $state.raw(null);
  #lastEdit = { name: '', at: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  /** The edited score, or null while the plan holds. */
  readonly edited: Score | null = $derived.by(
    () => this.#studio.project?.options.all.soundtrack.score ?? null,
  );
  /** The lanes: as edited, else as planned; null when there are none, as in a take that a server made. */
  readonly score: Score | null = $derived.by(
    () => this.edited ?? this.#studio.takes.heard?.output.score ?? null,
  );
  /** Whether lanes may be edited: not while words that were changed since wait for a new plan. */
  readonly isOpen: boolean = $derived.by(() => this.edited !== null || this.#studio.isPlanned);
  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0 && this.edited === this.#mine);
  readonly canRedo: boolean = $derived.by(() => this.#future.length > 0 && this.edited === this.#mine);

  /**
   * Changes the score; the sound follows after a pause.
   * @param name what is changed: changes of the same thing in quick succession are undone together.
   */
  edit(name: string, change: (score: Score) => Score): void {
    const { score, edited } = this;
    if (!score || !this.isOpen) return;
    const next = change(score);
    const now = Date.now();
    const isSame = name === this.#lastEdit.name && now - this.#lastEdit.at < ONE_STEP_MILLISECONDS;
    const past = this.edited === this.#mine ? this.#past : [];
    if (!isSame || past.length === 0) this.#past = [...past, edited].slice(-MOST_STEPS);
    this.#future = [];
    this.#lastEdit = { name, at: now };
    this.#set(next);
  }

  /** Another style, key or tempo. */
  async revise(wish: Parameters<typeof reviseScore>[1]): Promise<void> {
    const { score } = this;
    if (!score) return;
    const revised = await reviseScore(score, wish, new AbortController().signal);
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

  /** Back to the plan; it can be undone. */
  reset(): void {
    if (!this.edited) return;
    const past = this.edited === this.#mine ? this.#past : [];
    this.#past = [...past, this.edited];
    this.#future = [];
    this.#step(null);
  }

  /** Asks what can be played, once. */
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
