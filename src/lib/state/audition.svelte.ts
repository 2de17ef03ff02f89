import type { Score } from '#lib/job/score.ts';
import { playSample } from '#lib/playback/play-sample.ts';
import { renderSample } from '#lib/steps/soundtrack/soundtrack.ts';
import type { Player } from './player.svelte.ts';

/** Listening to one sound alone before it is added. The film pauses; one sound plays at a time. */
export class Audition {
  /** What is being listened to, by the name that `toggle` was given; null for nothing. */
  playing: string | null = $state(null);

  readonly #player: Player;
  #stop = new AbortController();

  constructor(player: Player) {
    this.#player = player;
  }

  /** Plays the effects of a short score; stops if it is this one that plays. @param name Tells it from others. */
  async toggle(name: string, score: Score): Promise<void> {
    const isAgain = this.playing === name;
    this.stop();
    if (isAgain) return;
    this.#player.pause();
    const { signal } = (this.#stop = new AbortController());
    this.playing = name;
    try {
      const sound = await renderSample(score, signal);
      const { isMuted, volume } = this.#player;
      // Somebody who listens to a sound wants to hear it, also when the film is muted.
      await playSample(sound, isMuted || volume === 0 ? 1 : volume ** 2, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (this.#stop.signal === signal) this.playing = null;
    }
  }

  stop(): void {
    this.#stop.abort();
    this.playing = null;
  }
}
