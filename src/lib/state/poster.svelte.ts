import { bestFramePicture } from './best-frame-picture.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import { makeMovingPoster } from './moving-poster.ts';
import type { Studio } from './studio.svelte.ts';

/** The moving poster of a project, and its best frame as a picture. */
export class Poster {
  /** Progress, 0 … 1; null when nothing is being made. */
  fraction: number | null = $state(null);
  /** The last animation, and its project. */
  moving: { projectId: string; file: File } | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);

  #studio: Studio;
  #run: AbortController | null = null;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Makes the moving poster of the open project, around its best frame. Errors go to `failure`. */
  async animate(fileName: string): Promise<void> {
    const { project, current } = this.#studio;
    if (!project || !current.source) return;
    this.cancel();
    const run = new AbortController();
    this.#run = run;
    this.failure = null;
    this.fraction = 0;
    const best = current.frames?.output.frames[current['best-frame']?.output.index ?? 0];
    try {
      const picture = await makeMovingPoster(
        current.source.output,
        best?.takenSeconds ?? current.source.output.startSeconds,
        run.signal,
        (fraction) => (this.fraction = fraction),
      );
      this.moving = { projectId: project.id, file: new File([picture], fileName, { type: picture.type }) };
    } catch (error) {
      if (!isAbort(error)) this.failure = toFailure(error);
    } finally {
      if (this.#run === run) {
        this.#run = null;
        this.fraction = null;
      }
    }
  }

  /** The best frame in full size as a PNG; null when there is none yet or it can't be decoded (see `failure`). */
  async bestFrame(fileName: string): Promise<File | null> {
    try {
      const picture = await bestFramePicture(this.#studio.current);
      return picture && new File([picture], fileName, { type: 'image/png' });
    } catch (error) {
      this.failure = toFailure(error);
      return null;
    }
  }

  /** Cancels the poster. */
  cancel(): void {
    this.#run?.abort(new DOMException('Cancelled.', 'AbortError'));
    this.#run = null;
    this.fraction = null;
  }
}
