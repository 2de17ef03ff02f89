import { duckUnder } from '#lib/media/audio/duck.ts';
import { STEM_NAMES, stemGains, type StemName } from '#lib/media/audio/mix-gains.ts';
import type { MixOptions } from '#lib/job/entries/mix.ts';
import { silence } from '#lib/media/audio/silence.ts';
import { ChunkReader, type Arriving } from './chunk-reader.ts';
import { DuckCurve, type Chunk } from './duck-curve.ts';
import { followClock } from './follow-clock.ts';
import { onSampleGrid, PlayTimes, type Loop } from './play-times.ts';
import { PreviewGraph } from './preview-graph.ts';
import { previewGainDb } from './preview-level.ts';
import type { PreviewSound } from './preview-sound.ts';

const SAMPLE_RATE = 48_000;
const CHUNK_SECONDS = 1;
const AHEAD_SECONDS = 2.5;
const TICK_MILLISECONDS = 200;
/** What steps back under the voice and the sound of the source. */
const DUCKED = ['music', 'effects'] as const;

/** Length of the crossfade when the sound is replaced while it plays, seconds. */
const REPLACE_SECONDS = 0.4;
/** Length of the crossfade when the loop or the speed changes while it plays, seconds. */
const CHANGE_SECONDS = 0.03;
/** Playback begins this much later, so that its sound has been read. */
const LEAD_SECONDS = 0.08;
/** Playback that would begin this close to the end begins at second 0. */
const END_SECONDS = 0.05;

/**
 * Plays stems in sync with a video through Web Audio, reading a second at a time from disk.
 * The audio clock is the master and the video follows, so that the sound never stutters. Faders act at once. At another
 * speed the sound is resampled: slow is low, as with a tape.
 */
export class Preview {
  #graph: PreviewGraph | null = null;
  #sources = new Set<AudioBufferSourceNode>();
  #sound: PreviewSound;
  #mix: MixOptions;
  #ducking = new DuckCurve({ curve: new Float32Array(), stepSeconds: 1 });
  #reader = new ChunkReader();
  #video: HTMLVideoElement | null = null;
  #videoStartSeconds = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #pausedAt = 0;
  #isPlaying = false;
  /** It will play as soon as the browser lets it. */
  #isStarting = false;
  #times = new PlayTimes();
  /** What is scheduled next: a second of the sound, and when it is heard on the audio clock. */
  #next = { from: 0, at: 0 };
  /** What is scheduled and not over. */
  #chunks: Chunk[] = [];
  #loop: Loop | null = null;
  #rate = 1;
  #volume = 1;
  #generation = 0;
  #onChange: () => void;

  /** @param onChange Called when playback starts or ends, also by itself. */
  constructor(sound: PreviewSound, mix: MixOptions, onChange: () => void) {
    this.#sound = sound;
    this.#mix = mix;
    this.#onChange = onChange;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get durationSeconds(): number {
    return this.#sound.durationSeconds;
  }

  /** The second that can be heard now. */
  get seconds(): number {
    if (!this.#isPlaying || !this.#graph) return this.#pausedAt;
    const { currentTime, outputLatency } = this.#graph.context;
    return Math.min(this.#times.secondsAt(currentTime - (outputLatency || 0)), this.durationSeconds);
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
      this.#fadeOver(REPLACE_SECONDS);
      return;
    }
    const goesOn = this.#isPlaying || this.#isStarting;
    this.#halt(Math.min(seconds, sound.durationSeconds));
    this.#sound = sound;
    if (goesOn) void this.play();
  }

  /** From now on every second is taken from here if it has arrived. Growing sound needs no further call. */
  setArriving(arriving: Arriving): void {
    this.#reader.arriving = arriving;
  }

  /**
   * Sets the range that is played again and again, without a gap; null plays on. Playback that begins behind its end
   * plays on to the end of the sound.
   */
  setLoop(loop: Loop | null): void {
    const before = this.#loop;
    this.#loop = loop && { from: onSampleGrid(loop.from), to: onSampleGrid(loop.to) };
    if (before?.from === this.#loop?.from && before?.to === this.#loop?.to) return;
    if (this.isPlaying) this.#fadeOver(CHANGE_SECONDS);
  }

  /** Sets how fast it is played: 1 is as it is. */
  setRate(rate: number): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    if (this.isPlaying) this.#fadeOver(CHANGE_SECONDS);
  }

  /** Sets how loud this device plays, 0 … 1; the film does not change. */
  setVolume(volume: number): void {
    this.#volume = volume;
    this.#graph?.setVolume(volume);
  }

  /** Changes the faders; audible within a few milliseconds. */
  setMix(mix: MixOptions): void {
    this.#mix = mix;
    this.#applyFaders();
    if (this.isPlaying) this.#reschedule();
  }

  /** Starts playing. Needs a user gesture the first time. */
  async play(): Promise<void> {
    if (this.#isPlaying || this.#isStarting) return;
    const { context } = (this.#graph ??= new PreviewGraph(this.#volume));
    if (this.#pausedAt >= this.durationSeconds - END_SECONDS) this.#pausedAt = 0;
    const generation = ++this.#generation;
    this.#isStarting = true;
    await context.resume();
    if (generation !== this.#generation) return;
    this.#isStarting = false;
    this.#isPlaying = true;
    this.#times.clear();
    this.#begin(context.currentTime + LEAD_SECONDS, this.#pausedAt);
    this.#applyFaders();
    this.#timer = setInterval(() => this.#tick(), TICK_MILLISECONDS);
    this.#tick();
    this.#onChange();
  }

  pause(): void {
    if (!this.#isPlaying && !this.#isStarting) return;
    this.#halt(this.seconds);
    this.#onChange();
  }

  /** Jumps to a second; keeps playing if it was, but stops at the end. */
  seek(seconds: number): void {
    const goesOn = this.#isPlaying || this.#isStarting;
    this.#halt(Math.min(Math.max(0, seconds), this.durationSeconds));
    if (!goesOn) return;
    if (this.#pausedAt < this.durationSeconds - END_SECONDS) void this.play();
    else this.#onChange();
  }

  [Symbol.dispose](): void {
    this.#halt(0);
    void this.#graph?.context.close();
    this.#graph = null;
  }

  /** Lets what is scheduled fade out, and schedules again from what comes next. The clock goes on. */
  #fadeOver(fadeSeconds: number): void {
    const { seconds } = this;
    const at = this.#graph!.context.currentTime + LEAD_SECONDS;
    let from = Math.min(this.#times.secondsAt(at), this.durationSeconds);
    // The loop ends at what is heard now: it begins again.
    if (this.#loop && seconds <= this.#loop.to + LEAD_SECONDS && from >= this.#loop.to)
      ({ from } = this.#loop);
    this.#generation++;
    this.#graph!.fadeOver(this.#sources, at, fadeSeconds);
    this.#sources.clear();
    this.#reader.reset();
    this.#begin(at, from);
    this.#applyFaders();
    this.#tick();
  }

  /** From this time of the clock on, the sound is scheduled from this second on. */
  #begin(at: number, from: number): void {
    this.#next = { at: onSampleGrid(at), from: onSampleGrid(from) };
    this.#chunks = [];
    this.#times.begin(this.#next.at, this.#next.from, this.#rate, this.#graph!.context.currentTime);
  }

  #halt(at: number): void {
    this.#pausedAt = onSampleGrid(at);
    this.#isPlaying = false;
    this.#isStarting = false;
    this.#stopSources();
    clearInterval(this.#timer);
    if (this.#video) followClock(this.#video, this.#pausedAt + this.#videoStartSeconds, false);
  }

  #stopSources(): void {
    this.#generation++;
    for (const source of this.#sources) source.stop();
    this.#sources.clear();
    this.#reader.reset();
  }

  /** The ducking of each second is scheduled with it, so a changed depth needs those seconds again. */
  #reschedule(): void {
    if (!this.#graph) return;
    const { currentTime } = this.#graph.context;
    for (const name of DUCKED) {
      const { gain } = this.#graph.strip(name).duck;
      gain.cancelScheduledValues(currentTime);
      for (const chunk of this.#chunks) this.#ducking.schedule(gain, chunk, currentTime);
    }
  }

  #applyFaders(): void {
    if (!this.#graph) return;
    const gains = stemGains(this.#mix, this.#sound.stems);
    this.#ducking = new DuckCurve(duckUnder(this.#sound.activities, gains, this.#mix.duckDb));
    this.#graph.setLevels(gains, 10 ** (previewGainDb(this.#sound.stems, gains, this.#mix) / 20));
  }

  #tick(): void {
    if (!this.#isPlaying || !this.#graph) return;
    const { seconds } = this;
    if (seconds >= this.durationSeconds) {
      this.#halt(this.durationSeconds);
      this.#onChange();
      return;
    }
    if (this.#video) followClock(this.#video, seconds + this.#videoStartSeconds, true, this.#rate);
    const { currentTime } = this.#graph.context;
    this.#chunks = this.#chunks.filter(({ from, to, at, rate }) => at + (to - from) / rate > currentTime);
    while (this.#next.at < currentTime + AHEAD_SECONDS && this.#next.from < this.durationSeconds)
      this.#scheduleNext(currentTime);
  }

  /** Schedules a second of the sound, and where a loop ends its beginning next. */
  #scheduleNext(now: number): void {
    const { from, at } = this.#next;
    const loop = this.#loop && from < this.#loop.to ? this.#loop : null;
    const to = Math.min(from + CHUNK_SECONDS, loop?.to ?? Infinity, this.durationSeconds);
    const chunk = { from, to, at, rate: this.#rate };
    this.#chunks.push(chunk);
    for (const name of STEM_NAMES) void this.#schedule(name, chunk, this.#generation);
    for (const name of DUCKED) this.#ducking.schedule(this.#graph!.strip(name).duck.gain, chunk);
    const after = onSampleGrid(at + (to - from) / this.#rate);
    this.#next = { from: to === loop?.to ? loop.from : to, at: after };
    if (to === loop?.to) this.#times.begin(after, loop.from, this.#rate, now);
  }

  async #schedule(name: StemName, { from, to, at, rate }: Chunk, generation: number): Promise<void> {
    const stem = this.#sound.stems[name];
    if (!stem) return;
    const start = Math.round(from * SAMPLE_RATE);
    const count = Math.min(Math.round(to * SAMPLE_RATE), stem.samples) - start;
    if (count <= 0) return;
    const { left, right } = await this.#reader.read(name, stem, start, count);
    if (generation !== this.#generation || !this.#isPlaying || !this.#graph) return;
    const { silences = [] } = this.#sound;
    if (name === 'music' || name === 'effects')
      for (const channel of [left, right]) silence(channel, 1, start, silences, SAMPLE_RATE);
    const buffer = new AudioBuffer({ numberOfChannels: 2, length: count, sampleRate: SAMPLE_RATE });
    buffer.copyToChannel(left as Float32Array<ArrayBuffer>, 0);
    buffer.copyToChannel(right as Float32Array<ArrayBuffer>, 1);
    const source = new AudioBufferSourceNode(this.#graph.context, { buffer, playbackRate: rate });
    source.connect(this.#graph.strip(name).duck);
    const late = (this.#graph.context.currentTime - at) * rate;
    if (late < to - from) source.start(Math.max(0, at), Math.max(0, late));
    this.#sources.add(source);
    source.onended = () => this.#sources.delete(source);
  }
}
