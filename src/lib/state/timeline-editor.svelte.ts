import type { Score } from '#lib/job/score.ts';
import { clipsOf, type Content, type TimelineClip } from '#lib/timeline/clip.ts';
import { MAX_MARKERS, type Marker } from '#lib/job/marker.ts';
import type { Overrides } from '#lib/job/options.ts';
import type { Project } from '#lib/projects/project.ts';
import type { EditMode, EditName } from './history.svelte.ts';

/** Markers that are nearer to each other are one, seconds. */
const SAME_SECONDS = 0.01;

/** What the editor needs of the studio. */
interface EditedStudio {
  readonly project: Project | null;
  readonly scoreEditor: { readonly score: Score | null; readonly canEdit: boolean };
  edit(name: EditName, changes: Overrides, mode?: EditMode): Promise<void>;
  record(name: EditName, change: { markers: readonly Marker[] }, mode?: EditMode): Promise<void>;
}

/** The clips of the selected take, and their edits: every edit is a step of the history. */
export class TimelineEditor {
  readonly #studio: EditedStudio;

  constructor(studio: EditedStudio) {
    this.#studio = studio;
  }

  readonly content: Content = $derived.by(() => {
    const { project, scoreEditor } = this.#studio;
    return { score: scoreEditor.score, clips: project?.options.all.assemble.clips ?? [] };
  });
  readonly clips: readonly TimelineClip[] = $derived.by(() => clipsOf(this.content));

  /** The places that the user has marked, in the order of time. */
  readonly markers: readonly Marker[] = $derived.by(() => this.#studio.project?.markers ?? []);

  /** Marks a place, seconds from the beginning of the film. Without effect where there is a marker already. */
  mark(atSeconds: number): void {
    const isThere = this.markers.some((marker) => Math.abs(marker.atSeconds - atSeconds) < SAME_SECONDS);
    if (isThere || this.markers.length >= MAX_MARKERS) return;
    this.#setMarkers('mark', [...this.markers, { atSeconds, name: '' }]);
  }

  changeMarker(index: number, change: Partial<Marker>): void {
    const changed = this.markers.map((marker, k) => (k === index ? { ...marker, ...change } : marker));
    this.#setMarkers('change-marker', changed, `marker ${index} ${Object.keys(change).join()}`);
  }

  removeMarker(index: number): void {
    this.#setMarkers(
      'remove-marker',
      this.markers.filter((_, k) => k !== index),
    );
  }

  #setMarkers(does: string, markers: readonly Marker[], merge?: string): void {
    const sorted = markers.toSorted((a, b) => a.atSeconds - b.atSeconds);
    void this.#studio.record({ does }, { markers: sorted }, merge === undefined ? {} : { merge });
  }

  /** Whether a clip may be edited: not those of a score while changed options wait for a new plan. */
  canEdit(clip: TimelineClip): boolean {
    return clip.place.in === 'clips' || this.#studio.scoreEditor.canEdit;
  }

  /**
   * Changes the clips; the sound follows after a pause.
   * @param merge Quick changes with the same text are undone together.
   */
  edit(name: EditName, change: (content: Content) => Content, merge?: string): void {
    const before = this.content;
    const { score, clips } = change(before);
    const isScoreChanged = score !== before.score;
    if (!isScoreChanged && clips === before.clips) return;
    void this.#studio.edit(
      name,
      {
        ...(isScoreChanged && { soundtrack: { score } }),
        ...(clips !== before.clips && { assemble: { clips: [...clips] } }),
      },
      { ...(merge !== undefined && { merge }), run: true },
    );
  }
}
