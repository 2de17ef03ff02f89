import type { Score } from '#lib/job/score.ts';
import type { StereoChunk } from '../dsp/blocks.ts';
import { clamp, decibelsToGain, lerp, smoothstep } from '../dsp/maths.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import type { RenderCache } from '../render-cache.ts';
import { planAccents, type Accent } from './accents.ts';
import { audibleParts } from './audible-parts.ts';
import type { Bar } from './bar.ts';
import { Composer } from './composer.ts';
import { InstrumentStrip } from './instrument-strip.ts';
import { findInstrument } from './instruments/instruments.ts';
import { Mixer } from './mixer.ts';
import { PartRenderer } from './part-renderer.ts';
import type { Style } from './style.ts';
import { findStyle } from './styles/styles.ts';
import { ToneCache } from './tone-cache.ts';

/** Bars are composed this long before they begin, since humanized notes may be early. */
const LOOKAHEAD_SECONDS = 0.6;
const BLOCKS_PER_CHUNK = 24;

/**
 * Renders the music of a score as an endless stream of chunks of 128 ms, silence when the score has none. The caller
 * cuts and limits it. The arrays of a chunk are reused for the next.
 * @param from The frame with which it begins, a multiple of 256: bars that begin before are not played.
 */
export function* renderMusic(score: Score, cache?: RenderCache, from = 0): Generator<StereoChunk> {
  const renderer =
    score.music && score.music.sections.length > 0 ? new MusicRenderer(score, cache, from) : undefined;
  const left = new Float32Array(BLOCKS_PER_CHUNK * BLOCK_FRAMES);
  const right = new Float32Array(BLOCKS_PER_CHUNK * BLOCK_FRAMES);
  for (let frame = from; ; frame += BLOCKS_PER_CHUNK * BLOCK_FRAMES) {
    for (let k = 0; renderer && k < BLOCKS_PER_CHUNK; k++) {
      renderer.renderBlock(frame + k * BLOCK_FRAMES);
      left.set(renderer.mixer.left, k * BLOCK_FRAMES);
      right.set(renderer.mixer.right, k * BLOCK_FRAMES);
    }
    yield { left, right };
  }
}

/** Composes, plays and mixes one score, block by block. */
class MusicRenderer {
  readonly mixer: Mixer;
  readonly #style: Style;
  readonly #composer: Composer;
  readonly #parts: PartRenderer[];
  readonly #accents: Accent[];
  readonly #accentStrips = new Map<string, InstrumentStrip>();
  readonly #tones = new ToneCache();
  readonly #name: string;
  #nextBar = 0;
  #currentBar = 0;

  constructor(score: Score, cache: RenderCache | undefined, from: number) {
    const plan = score.music!;
    const style = findStyle(plan.style);
    this.#style = style;
    this.#name = `${score.seed}/music`;
    this.#composer = new Composer(score, style);
    const { valence, arousal } = score.mood;
    this.mixer = new Mixer(style, 60 / plan.tempoBpm, style.trebleDb + 3.2 * arousal + 2.6 * valence);
    this.#parts = audibleParts(score).map(
      (part) => new PartRenderer(`${this.#name}/strip/${part.seat}`, part, this.#tones, cache),
    );
    const fromSeconds = from / SAMPLE_RATE;
    this.#accents = planAccents(plan, style, score.durationSeconds)
      .filter(({ atSeconds }) => atSeconds >= fromSeconds || from === 0)
      .sort((a, b) => a.atSeconds - b.atSeconds);
    const { bars } = this.#composer;
    while (from > 0 && (bars[this.#nextBar]?.startSeconds ?? Infinity) < fromSeconds) this.#nextBar++;
  }

  /** Renders the block that begins at a frame; it lies in `mixer.left` and `mixer.right`. */
  renderBlock(frame: number): void {
    const seconds = frame / SAMPLE_RATE;
    this.#compose(seconds);
    const bar = this.#barAt(seconds);
    this.mixer.clear();
    for (const part of this.#parts) {
      if (!part.render(frame)) continue;
      const { pump } = part.settings;
      this.mixer.add(
        part,
        part.gain * pumpGain(bar, seconds, pump),
        part.gain * pumpGain(bar, seconds + BLOCK_SECONDS, pump),
      );
    }
    for (const strip of this.#accentStrips.values()) {
      if (strip.render(frame)) this.mixer.add(strip, strip.gain, strip.gain);
    }
    this.mixer.finish(decibelsToGain(-this.#style.dynamicsDb * (1 - (bar?.intensity ?? 1))));
  }

  /** Schedules the notes and accents that begin within the lookahead. */
  #compose(seconds: number): void {
    const { bars } = this.#composer;
    for (
      let bar = bars[this.#nextBar];
      bar && bar.startSeconds < seconds + LOOKAHEAD_SECONDS;
      bar = bars[this.#nextBar]
    ) {
      for (const part of this.#parts)
        if (part.needsNotes) part.schedule(this.#composer.play(part.design, part.seat, bar.index));
      this.#nextBar++;
    }
    for (
      let accent = this.#accents[0];
      accent && accent.atSeconds < seconds + LOOKAHEAD_SECONDS;
      accent = this.#accents[0]
    ) {
      this.#accentStrip(accent.instrument).schedule([accent]);
      this.#accents.shift();
    }
  }

  #accentStrip(name: string): InstrumentStrip {
    let strip = this.#accentStrips.get(name);
    if (!strip) {
      const instrument = findInstrument(name);
      strip = new InstrumentStrip(
        `${this.#name}/accent/${name}`,
        { instrument, gainDb: -5, pan: 0, hall: 0.25, room: 0, echo: 0, chorus: 0, pump: 0 },
        this.#tones,
      );
      this.#accentStrips.set(name, strip);
    }
    return strip;
  }

  #barAt(seconds: number): Bar | undefined {
    const { bars } = this.#composer;
    while (this.#currentBar + 1 < bars.length && bars[this.#currentBar + 1]!.startSeconds <= seconds)
      this.#currentBar++;
    return bars[this.#currentBar];
  }
}

/** Gain of a part that ducks on every beat, as under a sidechain compressor, and recovers within 65 % of the beat. */
function pumpGain(bar: Bar | undefined, seconds: number, depth: number): number {
  if (depth === 0 || !bar || bar.isEnding) return 1;
  const beat = clamp((seconds - bar.startSeconds) / bar.beatSeconds, 0, bar.beats);
  return lerp(1 - depth, 1, smoothstep((beat - Math.floor(beat)) / 0.65));
}
