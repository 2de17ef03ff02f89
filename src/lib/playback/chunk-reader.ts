import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { crossfadeInto, type ArrivingSound } from './arriving-sound.ts';
import type { StemName } from '#lib/media/audio/mix-gains.ts';

/** Length of the crossfade to sound that has just arrived. */
const CROSSFADE_FRAMES = 7200;

/** Sound that is played in place of a stem, as far as it has arrived. */
export type Arriving = Partial<Record<'music' | 'effects', ArrivingSound>>;

/** Reads stretches of the stems one after another, or of the sound that replaces them. */
export class ChunkReader {
  /** Every stretch is taken from here if it has arrived. Growing sound needs no further call. */
  arriving: Arriving = {};
  /** Whether the last stretch of a stem was taken from arrived sound. */
  #replaced = new Map<StemName, boolean>();

  /** What is read next does not follow what was read last. */
  reset(): void {
    this.#replaced.clear();
  }

  /** `count` frames from frame `start`, with a crossfade where arrived sound follows the stem, or the other way round. */
  async read(name: StemName, stem: Stem, start: number, count: number): Promise<Stereo> {
    const arriving = name === 'music' || name === 'effects' ? this.arriving[name] : undefined;
    const hasArrived = arriving !== undefined && arriving.frames >= start + count;
    const isChange = this.#replaced.has(name) && this.#replaced.get(name) !== hasArrived;
    this.#replaced.set(name, hasArrived);
    const sound = hasArrived ? await arriving.read(start, count) : await readStem(stem, start, count);
    if (isChange && arriving && arriving.frames >= start + CROSSFADE_FRAMES) {
      const most = Math.min(count, CROSSFADE_FRAMES);
      const before = hasArrived ? await readStem(stem, start, most) : await arriving.read(start, most);
      crossfadeInto(sound, before, most);
    }
    return sound;
  }
}
