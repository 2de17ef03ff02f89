import { duckGains } from '#lib/media/audio/duck.ts';
import { stemGains } from '#lib/media/audio/mix-gains.ts';
import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { silence, type Silence } from '#lib/media/audio/silence.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import { crossfadeInto, type ArrivingSound } from './arriving-sound.ts';
import { followClock } from './follow-clock.ts';
import { PreviewGraph } from './preview-graph.ts';
import { previewGainDb, type StemName, type Stems } from './preview-level.ts';

const SAMPLE_RATE = 48_000;
const CHUNK_SECONDS = 1;
const AHEAD_SECONDS = 2.5;
const TICK_MILLISECONDS = 200;
/** Length of the crossfade to sound that has just arrived. */
const CROSSFADE_FRAMES = 7200;
const NAMES = ['music', 'effects', 'original'] as const;
/** What steps back under the sound of the source. */
const DUCKED = ['music', 'effects'] as const;

/** Length of the crossfade when the sound is replaced while it plays, seconds. */
const REPLACE_SECONDS = 0.4;

/** What is played: stems of the same length, and how present the source audio is over time. */
export interface PreviewSound {
  stems: Stems;
  activity: Pick<SourceAudioOutput, 'activity' | 'stepSeconds'>;
  durationSeconds: number;
  /** Stretches without music and effects. */
  silences?: readonly Silence[];
}

/** Sound that is played in place of a stem, as far as it has arrived. */
export type Arriving = Partial<Record<'music' | 'effects', ArrivingSound>>;

/**
 * Plays stems in sync with a video through Web Audio, reading a second at a time from disk.
 * The audio clock is the master and the video follows, so that the sound never stutters. Faders act at once.
 */
export class Preview {
  #graph: PreviewGraph | null = null;
  #sources = new Set<AudioBufferSourceNode>();
  #sound: PreviewSound;
  #mix: MixOptions;
  /** Gain of music and effects under the source audio, one per `stepSeconds`; calculated again when a fader moves. */
  #duckCurve: ReturnType<typeof duckGains> = new Float32Array();
  #arriving: Arriving = {};
  /** Whether the last second of a stem was played from arrived sound. */
  #replaced = new Map<StemName, boolean>();
  #video: HTMLVideoElement | null = null;
  #videoStartSeconds = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #pausedAt = 0;
  /** Context time of second 0 of the sound; null while paused. */
  #zeroAt: number | null = null;
  #scheduledUntil = 0;
  #generation = 0;
  #onChange: () => void;

  /** @param onChange Called when playback starts or ends, also by itself. */
  constructor(sound: PreviewSound, mix: MixOptions, onChange: () => void) {
    this.#sound = sound;
    this.#mix = mix;
    this.#onChange = onChange;
  }

  get isPlaying(): boolean {
    return this.#zeroAt !== null;
  }

  get durationSeconds(): number {
    return this.#sound.durationSeconds;
  }

  /** The second that can be heard now. */
  get seconds(): number {
    if (this.#zeroAt === null || !this.#graph) return this.#pausedAt;
    const { currentTime, outputLatency } = this.#graph.context;
    const heard = currentTime - (outputLatency || 0) - this.#zeroAt;
    return Math.min(Math.max(this.#pausedAt, heard), this.durationSeconds);
  }

  /** Sets the video that follows; it is muted, since the source audio is played as a stem. */
  attach(video: HTMLVideoElement | null, videoStartSeconds: number): void {
    this.#video = video;
    this.#videoStartSeconds = videoStartSeconds;
    if (video) {
      video.muted = true;
      followClock(video, this.#pausedAt + videoStartSeconds, this.isPlaying);
    }
  }

  /** Replaces the sound and keeps the position: another take, or a new soundtrack. While it plays, one fades into the other. */
  replace(sound: PreviewSound): void {
    const { seconds } = this;
    if (this.isPlaying && seconds < sound.durationSeconds - REPLACE_SECONDS) {
      this.#sound = sound;
      this.#fadeOver(seconds);
      return;
    }
    const { isPlaying } = this;
    this.#halt(Math.min(seconds, sound.durationSeconds));
    this.#sound = sound;
    if (isPlaying) void this.play();
  }

  /** From now on every second is taken from here if it has arrived. Growing sound needs no further call. */
  setArriving(arriving: Arriving): void {
    this.#arriving = arriving;
  }

  /** Changes the faders; audible within a few milliseconds. */
  setMix(mix: MixOptions): void {
    this.#mix = mix;
    this.#applyFaders();
    if (this.isPlaying) this.#reschedule();
  }

  /** Starts playing. Needs a user gesture the first time. */
  async play(): Promise<void> {
    if (this.isPlaying) return;
    const { context } = (this.#graph ??= new PreviewGraph());
    if (this.#pausedAt >= this.durationSeconds - 0.05) this.#pausedAt = 0;
    await context.resume();
    this.#zeroAt = onSampleGrid(context.currentTime + 0.08) - this.#pausedAt;
    this.#scheduledUntil = this.#pausedAt;
    this.#applyFaders();
    this.#timer = setInterval(() => this.#tick(), TICK_MILLISECONDS);
    this.#tick();
    this.#onChange();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.#halt(this.seconds);
    this.#onChange();
  }

  /** Jumps to a second; keeps playing if it was. */
  seek(seconds: number): void {
    const { isPlaying } = this;
    this.#halt(Math.min(Math.max(0, seconds), this.durationSeconds));
    if (this.#video) followClock(this.#video, this.#pausedAt + this.#videoStartSeconds, false);
    if (isPlaying) void this.play();
  }

  [Symbol.dispose](): void {
    this.#halt(0);
    void this.#graph?.context.close();
    this.#graph = null;
  }

  /** Lets what is scheduled fade out, and schedules the present sound from this second on. The clock goes on. */
  #fadeOver(seconds: number): void {
    this.#generation++;
    this.#graph!.fadeOver(this.#sources, REPLACE_SECONDS);
    this.#sources.clear();
    this.#replaced.clear();
    this.#scheduledUntil = onSampleGrid(seconds);
    this.#applyFaders();
    this.#tick();
  }

  #halt(at: number): void {
    this.#pausedAt = onSampleGrid(at);
    this.#zeroAt = null;
    this.#stopSources();
    clearInterval(this.#timer);
    if (this.#video) followClock(this.#video, at + this.#videoStartSeconds, false);
  }

  #stopSources(): void {
    this.#generation++;
    for (const source of this.#sources) source.stop();
    this.#sources.clear();
    this.#replaced.clear();
  }

  /** The ducking of each second is scheduled with it, so a changed depth needs those seconds again. */
  #reschedule(): void {
    for (const name of DUCKED) {
      if (!this.#graph) return;
      const { gain } = this.#graph.strip(name).duck;
      gain.cancelScheduledValues(this.#graph.context.currentTime);
      this.#scheduleDucking(gain, this.seconds, this.#scheduledUntil);
    }
  }

  #applyFaders(): void {
    if (!this.#graph) return;
    const { context, master } = this.#graph;
    const gains = stemGains(this.#mix, this.#sound.stems);
    const { activity, stepSeconds } = this.#sound.activity;
    this.#duckCurve = duckGains(activity, stepSeconds, gains.original > 0 ? this.#mix.duckDb : 0);
    const now = context.currentTime;
    for (const name of NAMES) this.#graph.strip(name).fader.gain.setTargetAtTime(gains[name], now, 0.015);
    const level = 10 ** (previewGainDb(this.#sound.stems, gains, this.#mix) / 20);
    master.gain.setTargetAtTime(level, now, 0.03);
  }

  #tick(): void {
    if (this.#zeroAt === null) return;
    const { seconds } = this;
    if (seconds >= this.durationSeconds) {
      this.#halt(this.durationSeconds);
      this.#onChange();
      return;
    }
    if (this.#video) followClock(this.#video, seconds + this.#videoStartSeconds, true);
    while (this.#scheduledUntil < Math.min(seconds + AHEAD_SECONDS, this.durationSeconds)) {
      const from = this.#scheduledUntil;
      const to = Math.min(from + CHUNK_SECONDS, this.durationSeconds);
      this.#scheduledUntil = to;
      for (const name of NAMES) void this.#schedule(name, from, to, this.#generation);
      for (const name of DUCKED) this.#scheduleDucking(this.#graph!.strip(name).duck.gain, from, to);
    }
  }

  async #schedule(name: StemName, from: number, to: number, generation: number): Promise<void> {
    const stem = this.#sound.stems[name];
    if (!stem) return;
    const start = Math.round(from * SAMPLE_RATE);
    const count = Math.min(Math.round(to * SAMPLE_RATE), stem.samples) - start;
    if (count <= 0) return;
    const { left, right } = await this.#read(name, stem, start, count);
    if (generation !== this.#generation || this.#zeroAt === null || !this.#graph) return;
    const { silences = [] } = this.#sound;
    if (name !== 'original')
      for (const channel of [left, right]) silence(channel, 1, start, silences, SAMPLE_RATE);
    const buffer = new AudioBuffer({ numberOfChannels: 2, length: count, sampleRate: SAMPLE_RATE });
    buffer.copyToChannel(left as Float32Array<ArrayBuffer>, 0);
    buffer.copyToChannel(right as Float32Array<ArrayBuffer>, 1);
    const source = new AudioBufferSourceNode(this.#graph.context, { buffer });
    source.connect(this.#graph.strip(name).duck);
    const late = this.#graph.context.currentTime - (this.#zeroAt + from);
    if (late < to - from) source.start(Math.max(0, this.#zeroAt + from), Math.max(0, late));
    this.#sources.add(source);
    source.onended = () => this.#sources.delete(source);
  }

  /** A section of a stem, or of the sound that replaces it, with a crossfade where one follows the other. */
  async #read(name: StemName, stem: Stem, start: number, count: number): Promise<Stereo> {
    const arriving = name === 'original' ? undefined : this.#arriving[name];
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

  #scheduleDucking(gain: AudioParam, from: number, to: number): void {
    if (this.#zeroAt === null || !this.#sound.stems.original) return;
    const { stepSeconds } = this.#sound.activity;
    const curve = this.#duckCurve;
    const last = Math.min(curve.length - 1, Math.ceil(to / stepSeconds));
    for (let index = Math.max(0, Math.floor(from / stepSeconds)); index <= last; index++) {
      gain.linearRampToValueAtTime(curve[index]!, Math.max(0, this.#zeroAt + index * stepSeconds));
    }
  }
}

/** Chunks that start between two samples would be interpolated, which is audible as a click. */
function onSampleGrid(seconds: number): number {
  return Math.round(seconds * SAMPLE_RATE) / SAMPLE_RATE;
}
