import type { MixOptions } from '#lib/job/entries/mix.ts';
import { Preview, type Arriving, type PreviewSound } from '#lib/playback/preview.ts';

/** Playback: what plays, the position, and the video that follows. One per page. */
export class Player {
  /** The playback position, refreshed with every frame of the screen while playing. */
  seconds = $state(0);
  isPlaying = $state(false);
  durationSeconds = $state(0);

  #preview: Preview | null = null;
  #arriving: Arriving = {};
  #video: HTMLVideoElement | null = null;
  #videoStartSeconds = 0;
  #frame = 0;
  /** Where the part that is played ends; null plays on. */
  #until: number | null = null;

  /** Sets the sound; keeps the position when only the sound changes. */
  load(sound: PreviewSound, mix: MixOptions): void {
    this.durationSeconds = sound.durationSeconds;
    if (this.#preview) this.#preview.replace(sound);
    else this.#preview = new Preview(sound, mix, () => this.#follow());
    this.#preview.setMix(mix);
    this.#preview.setArriving(this.#arriving);
    this.#preview.attach(this.#video, this.#videoStartSeconds);
    this.#follow();
  }

  /** Sets the video element; null when it goes away. */
  attach(video: HTMLVideoElement | null, startSeconds = 0): void {
    this.#video = video;
    this.#videoStartSeconds = startSeconds;
    this.#preview?.attach(video, startSeconds);
  }

  /** Plays arriving sound in place of the stems, as far as it has arrived; nothing arrives by default. */
  setArriving(arriving: Arriving = {}): void {
    this.#arriving = arriving;
    this.#preview?.setArriving(arriving);
  }

  setMix(mix: MixOptions): void {
    this.#preview?.setMix(mix);
  }

  /** Plays from one second to another, and stops there. */
  async playPart(from: number, to: number): Promise<void> {
    this.seek(from);
    if (!this.isPlaying) await this.#preview?.play();
    this.#until = to;
  }

  async toggle(): Promise<void> {
    this.#until = null;
    if (this.isPlaying) this.#preview?.pause();
    else await this.#preview?.play();
  }

  pause(): void {
    this.#preview?.pause();
  }

  seek(seconds: number): void {
    this.#until = null;
    this.#preview?.seek(seconds);
    this.#follow();
  }

  /** Moves the position by so many seconds. */
  move(seconds: number): void {
    this.seek(this.seconds + seconds);
  }

  /** Removes the sound: the project was closed. */
  unload(): void {
    this.#preview?.[Symbol.dispose]();
    this.#preview = null;
    this.#follow();
    this.durationSeconds = 0;
  }

  #follow(): void {
    cancelAnimationFrame(this.#frame);
    this.seconds = this.#preview?.seconds ?? 0;
    this.isPlaying = this.#preview?.isPlaying ?? false;
    if (this.#until !== null && this.seconds >= this.#until) {
      this.#until = null;
      this.#preview?.pause();
      return;
    }
    if (this.isPlaying) this.#frame = requestAnimationFrame(() => this.#follow());
  }
}
