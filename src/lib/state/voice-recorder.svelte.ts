import { Microphone } from '#lib/playback/microphone.ts';
import { toFailure, type Failure } from './failure.ts';
import type { OwnSounds } from './own-sounds.svelte.ts';

/** What it needs of the player. */
export interface RecordedPlayer {
  readonly seconds: number;
  readonly isPlaying: boolean;
  readonly isMuted: boolean;
  seek(seconds: number): void;
  mute(isMuted: boolean): void;
  pause(): void;
  toggle(): Promise<void>;
}

/** Why nothing is recorded: the user or the browser refused the microphone, there is none, or a failure. */
export type RecordFailure = { fault: 'refused' | 'none' | 'nothing' } | { fault: 'device'; failure: Failure };

/** Seconds that are counted before the film plays. */
const COUNT_IN = 3;

/** Records a voice while the film plays, and lays it onto the track of voices where the film was. */
export class VoiceRecorder {
  phase: 'idle' | 'asking' | 'counting' | 'recording' | 'storing' = $state('idle');
  /** What is counted: 3, 2, 1. */
  count = $state(COUNT_IN);
  /** The level of the microphone, 0 … 1. */
  peak = $state(0);
  failure: RecordFailure | null = $state.raw(null);

  readonly #sounds: OwnSounds;
  readonly #player: RecordedPlayer;
  #microphone: Microphone | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #wasMuted = false;
  #fromSeconds = 0;
  /** Time of the microphone's clock at which the film was at `#fromSeconds`; null until it plays. */
  #zeroAt: number | null = null;
  #starts = 0;

  constructor(sounds: OwnSounds, player: RecordedPlayer) {
    this.#sounds = sounds;
    this.#player = player;
  }

  /**
   * Asks for the microphone, counts in, and records while the film plays from the present position. It ends with the film.
   * @param isMuted Whether the film plays silently, for those without headphones.
   */
  async start(isMuted: boolean): Promise<void> {
    if (this.phase !== 'idle') return;
    const mine = ++this.#starts;
    this.failure = null;
    this.phase = 'asking';
    this.#player.pause();
    this.#fromSeconds = this.#player.seconds;
    this.#zeroAt = null;
    try {
      const microphone = await Microphone.open();
      if (mine !== this.#starts) {
        microphone[Symbol.dispose]();
        return;
      }
      this.#microphone = microphone;
    } catch (error) {
      if (mine !== this.#starts) return;
      this.failure = faultOf(error);
      this.phase = 'idle';
      return;
    }
    this.#wasMuted = this.#player.isMuted;
    if (isMuted) this.#player.mute(true);
    this.phase = 'counting';
    this.count = COUNT_IN;
    for (; this.count > 0; this.count--) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (mine !== this.#starts) return;
    }
    this.#microphone.forget();
    this.phase = 'recording';
    await this.#player.toggle();
    this.#timer = setInterval(() => this.#follow(), 15);
  }

  /** Ends the recording and lays it onto the track. */
  async stop(name: string): Promise<void> {
    if (this.phase !== 'recording') return;
    this.phase = 'storing';
    const wav = this.#zeroAt === null ? null : (this.#microphone?.since(this.#zeroAt) ?? null);
    this.#end();
    this.#player.pause();
    if (wav)
      await this.#sounds.add(new File([wav], `${name}.wav`, { type: 'audio/wav' }), {
        ...{ track: 'voice', atSeconds: this.#fromSeconds },
      });
    else this.failure = { fault: 'nothing' };
    this.phase = 'idle';
  }

  /** Ends it and keeps nothing. */
  cancel(): void {
    this.#starts++;
    if (this.phase === 'recording') this.#player.pause();
    this.#end();
    this.phase = 'idle';
  }

  #follow(): void {
    const { seconds, isPlaying } = this.#player;
    this.peak = this.#microphone?.peak ?? 0;
    const hasMoved = seconds > this.#fromSeconds;
    if (this.#zeroAt === null && hasMoved && this.#microphone)
      this.#zeroAt = this.#microphone.seconds - (seconds - this.#fromSeconds);
    if (this.#zeroAt !== null && !isPlaying) this.onended();
  }

  /** Called when the film has ended while it was recording. */
  onended: () => void = () => undefined;

  #end(): void {
    clearInterval(this.#timer);
    if (this.#microphone) this.#player.mute(this.#wasMuted);
    this.#microphone?.[Symbol.dispose]();
    this.#microphone = null;
    this.peak = 0;
  }
}

function faultOf(error: unknown): RecordFailure {
  const { name } = error as { name?: string };
  if (name === 'NotAllowedError' || name === 'SecurityError') return { fault: 'refused' };
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || error instanceof TypeError)
    return { fault: 'none' };
  return { fault: 'device', failure: toFailure(error) };
}
