import { MAX_CLIPS, type Clip, type ClipSource } from '#lib/job/entries/assemble.ts';
import type { TrackName } from '#lib/job/entries/soundtrack.ts';
import { clipsOf, newClipId, type ClipStudio } from './clip-studio.ts';

/** A stretch of a track. */
export interface Part {
  track: TrackName;
  startSeconds: number;
  endSeconds: number;
}

/** How a part is made anew; by default it is varied. */
export interface Revision {
  /** Another style of music. */
  style?: string | null;
  /** What it is made from, in the user's words. */
  words?: string | null;
  /** By default one that the part has not had. */
  seed?: number;
}

/** Length of the crossfades at both ends. */
const FADE_SECONDS = 0.08;
const SHORTEST_SECONDS = 0.25;

/** Makes parts of the selected take anew: only they are rendered, everything outside stays. */
export class PartRemaker {
  readonly #studio: ClipStudio;

  constructor(studio: ClipStudio) {
    this.#studio = studio;
  }

  /** The parts that were made anew. */
  readonly parts: readonly Clip[] = $derived.by(() =>
    clipsOf(this.#studio).filter(({ replaces }) => replaces),
  );

  /**
   * Makes a part of a track anew. A part with the same times is made again with another seed; parts inside it are
   * replaced.
   * @returns The clip; null for a part that is too short, or without a take.
   */
  async remake(part: Part, { style = null, words = null, seed }: Revision = {}): Promise<Clip | null> {
    const { takes, played } = this.#studio;
    if (!takes.selected || !played) return null;
    const startSeconds = Math.max(0, part.startSeconds);
    const endSeconds = Math.min(played.durationSeconds, part.endSeconds);
    const seconds = endSeconds - startSeconds;
    const isInside = (clip: Clip) =>
      clip.replaces &&
      clip.track === part.track &&
      clip.startSeconds >= startSeconds - 0.001 &&
      clip.endSeconds <= endSeconds + 0.001;
    const clips = clipsOf(this.#studio);
    const others = clips.filter((clip) => !isInside(clip));
    if (seconds < SHORTEST_SECONDS || others.length >= MAX_CLIPS) return null;
    const before = clips.filter(isInside);
    const fade = Math.min(FADE_SECONDS, seconds / 4);
    const clip: Clip = {
      id: before[0]?.id ?? newClipId(),
      track: part.track,
      name: (words ?? style ?? '').slice(0, 200),
      startSeconds,
      endSeconds,
      offsetSeconds: 0,
      fadeInSeconds: fade,
      fadeOutSeconds: fade,
      gainDb: 0,
      gainLine: [],
      panLine: [],
      isMuted: false,
      replaces: true,
      source: { from: 'synth', seed: seed ?? freshSeed(before), style, words },
    };
    await this.#set('remake', [...others, clip]);
    return clip;
  }

  /** Makes a part anew once more, from the same words or style. */
  async again({ id }: Pick<Clip, 'id'>): Promise<void> {
    const clip = this.parts.find((each) => each.id === id);
    if (clip?.source.from !== 'synth') return;
    const source: ClipSource = { ...clip.source, seed: clip.source.seed + 1 };
    await this.#change('remake', id, { source });
  }

  /** Plays the part as it was in the take (true), or as it was made anew. */
  async compare({ id }: Pick<Clip, 'id'>, plays: 'take' | 'anew'): Promise<void> {
    await this.#change('compare', id, { isMuted: plays === 'take' });
  }

  /** Leaves the part as it was in the take. */
  async drop({ id }: Pick<Clip, 'id'>): Promise<void> {
    await this.#set(
      'remove',
      clipsOf(this.#studio).filter((clip) => clip.id !== id),
    );
  }

  async #change(does: string, id: string, change: Partial<Clip>): Promise<void> {
    await this.#set(
      does,
      clipsOf(this.#studio).map((clip) => (clip.id === id ? { ...clip, ...change } : clip)),
    );
  }

  async #set(does: string, clips: Clip[]): Promise<void> {
    await this.#studio.edit({ does, what: 'part' }, { assemble: { clips } }, { run: true });
  }
}

/** A seed that none of these parts has. */
function freshSeed(parts: readonly Clip[]): number {
  const seeds = parts.map(({ source }) => (source.from === 'synth' ? source.seed : 0));
  return Math.max(0, ...seeds) + 1;
}
