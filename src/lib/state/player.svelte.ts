import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { Arriving } from '#lib/playback/chunk-reader.ts';
import type { Loop } from '#lib/playback/play-times.ts';
import type { PreviewSound } from '#lib/playback/preview-sound.ts';
import { Preview } from '#lib/playback/preview.ts';

/** A picture has no frames: it is stepped through by this. */
const PICTURE_FRAME_SECONDS = 1 / 25;
const SHORTEST_LOOP_SECONDS = 0.2;
/** The steps of the buttons, and about how many of them a film is long. */
const SKIPS = [0.5, 1, 2, 5, 10] as const;
const SKIPS_OF_FILM = 12;

/** Playback: what plays, the position, and the video that follows. One per page. */
export class Player {
  /** The playback position, refreshed with every frame of the screen while playing. */
  seconds = $state(0);
  isPlaying = $state(false);
  durationSeconds = $state(0);
  /** Duration of a frame of the video. */
  frameSeconds = $state(PICTURE_FRAME_SECONDS);

  #preview: Preview | null = null;
  #arriving: Arriving = {};
  #video: HTMLVideoElement | null = null;
  #videoStartSeconds = 0;
  #frame = 0;
  /** Where the part that is played ends; null plays on. */
  #until: number | null = null;
  #loop: Loop | null = $state.raw(null);
  #rate = $state(1);
  #volume = $state(1);
  #isMuted = $state(false);

  /** The range that is played again and again; a position behind it plays on to the end. */
  get loop(): Readonly<Loop> | null {
    return this.#loop;
  }

  /** How fast it plays. */
  get rate(): number {
    return this.#rate;
  }

  /** How loud this device plays, 0 … 1. The film does not change. */
  get volume(): number {
    return this.#volume;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  /** The seconds that the buttons go back and forward: fitting the length. */
  get skipSeconds(): number {
    const fitting = this.durationSeconds / SKIPS_OF_FILM;
    return SKIPS.findLast((skip) => skip <= fitting * 1.25) ?? SKIPS[0];
  }

  /** Sets the sound; keeps the position when only the sound changes. */
  load(sound: PreviewSound, mix: MixOptions): void {
    this.durationSeconds = sound.durationSeconds;
    if (this.#preview) this.#preview.replace(sound);
    else this.#preview = new Preview(sound, mix, () => this.#follow());
    this.#preview.setMix(mix);
    this.#preview.setArriving(this.#arriving);
    this.#preview.attach(this.#video, this.#videoStartSeconds);
    this.#preview.setRate(this.#rate);
    this.#applyVolume();
    this.setLoop(this.#loop);
    this.#follow();
  }

  /** Sets the video element; null when it goes away. */
  attach(video: HTMLVideoElement | null, startSeconds = 0): void {
    this.#video = video;
    this.#videoStartSeconds = startSeconds;
    this.#preview?.attach(video, startSeconds);
  }

  /** Sets how many frames the video has in a second; null for a picture. */
  setFrameRate(frameRate: number | null): void {
    this.frameSeconds = frameRate ? 1 / frameRate : PICTURE_FRAME_SECONDS;
  }

  /** Plays arriving sound in place of the stems, as far as it has arrived; nothing arrives by default. */
  setArriving(arriving: Arriving = {}): void {
    this.#arriving = arriving;
    this.#preview?.setArriving(arriving);
  }

  setMix(mix: MixOptions): void {
    this.#preview?.setMix(mix);
  }

  /** Sets the range that is played again and again; null for none. It is kept inside the sound. */
  setLoop(loop: Loop | null): void {
    const to = Math.min(loop?.to ?? 0, this.durationSeconds);
    const from = Math.max(0, loop?.from ?? 0);
    this.#loop = loop && to - from >= SHORTEST_LOOP_SECONDS ? { from, to } : null;
    if (this.#until === null) this.#preview?.setLoop(this.#loop);
  }

  /** The loop begins at the position. */
  beginLoop(): void {
    const { seconds, durationSeconds } = this;
    const end = this.#loop && this.#loop.to > seconds ? this.#loop.to : durationSeconds;
    this.setLoop({ from: seconds, to: end });
  }

  /** The loop ends at the position. */
  endLoop(): void {
    const { seconds } = this;
    this.setLoop({ from: this.#loop && this.#loop.from < seconds ? this.#loop.from : 0, to: seconds });
  }

  /** Sets how fast it plays, 0.25 … 2; the sound is resampled, so slow is low. */
  setRate(rate: number): void {
    this.#rate = rate;
    this.#preview?.setRate(rate);
  }

  setVolume(volume: number): void {
    this.#volume = Math.min(1, Math.max(0, volume));
    this.#isMuted = false;
    this.#applyVolume();
  }

  mute(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#applyVolume();
  }

  /** Plays from one second to another, and stops there; the loop waits. */
  async playPart(from: number, to: number): Promise<void> {
    this.seek(from);
    this.#setUntil(to);
    if (!this.isPlaying) await this.#preview?.play();
  }

  async toggle(): Promise<void> {
    this.#setUntil(null);
    if (this.isPlaying) this.#preview?.pause();
    else await this.#preview?.play();
  }

  pause(): void {
    this.#preview?.pause();
  }

  /** Jumps to a second. What plays goes on there; at the end it stops. */
  seek(seconds: number): void {
    this.#setUntil(null);
    this.#preview?.seek(seconds);
    this.#follow();
  }

  /** Moves the position by so many seconds. */
  move(seconds: number): void {
    this.seek(this.seconds + seconds);
  }

  /** Pauses and moves by so many frames, to the beginning of a frame. */
  step(frames: number): void {
    this.pause();
    const present = Math.floor(this.seconds / this.frameSeconds + 0.01);
    const last = Math.max(0, Math.ceil(this.durationSeconds / this.frameSeconds - 0.01) - 1);
    this.seek(Math.min(present + frames, Math.max(present, last)) * this.frameSeconds);
  }

  /** Removes the sound: the project was closed. */
  unload(): void {
    this.#preview?.[Symbol.dispose]();
    this.#preview = null;
    this.#until = null;
    this.#loop = null;
    this.#follow();
    this.durationSeconds = 0;
  }

  #setUntil(until: number | null): void {
    const before = this.#until;
    this.#until = until;
    if ((before === null) !== (until === null)) this.#preview?.setLoop(until === null ? this.#loop : null);
  }

  #applyVolume(): void {
    // By its square, since hearing is not linear.
    this.#preview?.setVolume(this.#isMuted ? 0 : this.#volume ** 2);
  }

  #follow(): void {
    cancelAnimationFrame(this.#frame);
    this.seconds = this.#preview?.seconds ?? 0;
    this.isPlaying = this.#preview?.isPlaying ?? false;
    if (this.#until !== null && this.seconds >= this.#until) {
      this.#preview?.pause();
      this.#setUntil(null);
      return;
    }
    if (this.isPlaying) this.#frame = requestAnimationFrame(() => this.#follow());
  }
}
