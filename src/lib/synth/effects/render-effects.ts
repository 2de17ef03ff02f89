import type { Layer, Score, SoundEvent } from '#lib/job/score.ts';
import { newBlock, scale, type StereoChunk } from '../dsp/blocks.ts';
import { decibelsToGain } from '../dsp/maths.ts';
import { PeakLimiter } from '../dsp/peak-limiter.ts';
import { random } from '../dsp/random.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { StereoFilter } from '../dsp/stereo-filter.ts';
import type { RenderCache } from '../render-cache.ts';
import { withoutStart } from './sources/source.ts';
import { placeLayer, openLayer, type PlacedLayer } from './placed-layer.ts';
import { soundNamed } from './sounds.ts';
import { nominalGain } from './levels.ts';
import { ReverbBus } from './reverb-bus.ts';
import { type Bus, ChannelStrip } from './channel-strip.ts';

const CHUNK_FRAMES = 6144;
const LAST_FADE_FRAMES = 2400;
const CEILING = 0.88;
/** Fade of a one-shot whose scene is over. */
const LAST_EVENT_FADE_SECONDS = 0.3;
/** A one-shot that began longer ago than this is over. */
const LONGEST_EVENT_FRAMES = 60 * SAMPLE_RATE;
/** Highpass of the mix: what lies below is inaudible and only costs headroom. */
const LOW_CUT_HERTZ = 30;

/** A sound of the score that has not begun. */
interface PendingSound {
  startFrame: number;
  place: 'open' | 'room';
  /** True for a one-shot. */
  endsByItself: boolean;
  open: () => ChannelStrip;
}

/**
 * Renders the effects of a score at 48 kHz, exactly `Math.round(durationSeconds * 48000)` frames in chunks of 128 ms;
 * memory does not grow with the duration. The same score gives the same samples, and no sample exceeds 0.89.
 * @param from The frame with which it begins, a multiple of 256: ambiences begin there, one-shots are heard from where they
 *   are by then.
 * @throws TypeError when a sound of the score does not exist or is of the other kind.
 */
export function* renderEffects(score: Score, cache?: RenderCache, from = 0): Generator<StereoChunk> {
  const total = Math.round(score.durationSeconds * SAMPLE_RATE);
  const blocks = mixBlocks(score, total, cache, from);
  let chunk = newChunk(total - from);
  let filled = 0;
  let done = from;
  let skip = PeakLimiter.latencyFrames;
  for (const { left, right } of blocks) {
    let start = Math.min(skip, BLOCK_FRAMES);
    skip -= start;
    const end = Math.min(BLOCK_FRAMES, start + total - done);
    while (start < end) {
      const stop = Math.min(end, start + chunk.left.length - filled);
      chunk.left.set(left.subarray(start, stop), filled);
      chunk.right.set(right.subarray(start, stop), filled);
      filled += stop - start;
      done += stop - start;
      start = stop;
      if (filled === chunk.left.length) {
        fadeLast(chunk, done, total);
        yield chunk;
        if (done === total) return;
        chunk = newChunk(total - done);
        filled = 0;
      }
    }
  }
}

function newChunk(framesLeft: number): StereoChunk {
  const frames = Math.min(CHUNK_FRAMES, framesLeft);
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

/** Fades out what still sounds in the last 50 ms. */
function fadeLast(chunk: StereoChunk, done: number, total: number): void {
  const frames = chunk.left.length;
  const chunkStart = done - frames;
  const fadeStart = Math.max(0, total - LAST_FADE_FRAMES);
  const from = Math.max(0, fadeStart - chunkStart);
  if (from >= frames) return;
  const gainAt = (i: number) => (total - chunkStart - i) / (total - fadeStart);
  for (const side of [chunk.left, chunk.right]) scale(side, gainAt(from), from, frames, gainAt(frames));
}

/** Endless blocks of the limited mix, delayed by the latency of the limiter; the arrays are reused. */
function* mixBlocks(
  score: Score,
  total: number,
  cache: RenderCache | undefined,
  first: number,
): Generator<Bus> {
  const pending = pendingSounds(score, total, cache).sort((a, b) => a.startFrame - b.startFrame);
  const dry = newBus();
  const reverbs = { open: new ReverbBus('open'), room: new ReverbBus('room') };
  const places = (['open', 'room'] as const).filter((place) =>
    pending.some((sound) => sound.place === place),
  );
  const limiter = new PeakLimiter(CEILING);
  const lowCut = new StereoFilter(LOW_CUT_HERTZ);
  let playing: { strip: ChannelStrip; place: 'open' | 'room' }[] = [];
  let next = 0;
  while (first > 0 && next < pending.length && pending[next]!.startFrame < first) {
    const { open, place, endsByItself, startFrame } = pending[next++]!;
    if (endsByItself && startFrame < first - LONGEST_EVENT_FRAMES) continue;
    const strip = open();
    if (!endsByItself || skipTo(strip, first)) playing.push({ strip, place });
  }
  for (let blockStart = first; ; blockStart += BLOCK_FRAMES) {
    dry.left.fill(0);
    dry.right.fill(0);
    while (next < pending.length && pending[next]!.startFrame < blockStart + BLOCK_FRAMES) {
      const { open, place } = pending[next++]!;
      playing.push({ strip: open(), place });
    }
    playing = playing.filter(({ strip, place }) => strip.add(dry, reverbs[place].send, blockStart));
    for (const place of places) reverbs[place].addTo(dry);
    lowCut.highpass(dry.left, dry.right);
    limiter.process(dry.left, dry.right);
    yield dry;
  }
}

/** Plays a sound that has begun up to a frame, unheard; false when it is over by then. */
function skipTo(strip: ChannelStrip, frame: number): boolean {
  const [dry, send] = [newBus(), newBus()];
  const first = strip.startFrame - (strip.startFrame % BLOCK_FRAMES);
  for (let blockStart = first; blockStart < frame; blockStart += BLOCK_FRAMES)
    if (!strip.add(dry, send, blockStart)) return false;
  return true;
}

function newBus(): Bus {
  return { left: newBlock(), right: newBlock() };
}

function pendingSounds(score: Score, total: number, cache?: RenderCache): PendingSound[] {
  return [
    ...score.layers
      .filter((layer) => !layer.isMuted)
      .map((layer) => pendingLayer(placeLayer(score, layer), layer, total, cache)),
    ...score.events.filter((event) => !event.isMuted).map((event) => pendingEvent(score.seed, event)),
  ];
}

function pendingLayer(placed: PlacedLayer, layer: Layer, total: number, cache?: RenderCache): PendingSound {
  const { sound, startFrame, endFrame, fadeInFrames, fadeOutFrames } = placed;
  return {
    startFrame,
    place: sound.place,
    endsByItself: false,
    open: () =>
      new ChannelStrip(openLayer(placed, cache), {
        startFrame,
        endFrame: Math.min(total, endFrame),
        fadeInFrames,
        fadeOutFrames,
        gain: decibelsToGain(layer.gainDb) * nominalGain(layer.recipe),
        pan: layer.pan,
        panTo: layer.pan,
        panFrames: 1,
        gainLine: layer.gainLine,
        panLine: layer.panLine,
        distance: layer.distance,
      }),
  };
}

function pendingEvent(seed: number, event: SoundEvent): PendingSound {
  const sound = soundNamed(event.recipe);
  if (sound.kind !== 'oneShot') {
    throw new TypeError(`An event needs a one-shot, but "${event.recipe}" is an ambience.`);
  }
  const startFrame = Math.round(event.atSeconds * SAMPLE_RATE);
  const offsetFrames = framesOf(event.offsetSeconds);
  const { endFrame, fadeOutFrames } = endOf(event);
  const play = () =>
    sound.create(random(`${seed}/event/${event.recipe}/${event.variation}`), {
      intensity: event.intensity,
      seconds: event.durationSeconds,
    });
  return {
    startFrame,
    place: sound.place,
    endsByItself: true,
    open: () =>
      new ChannelStrip(offsetFrames > 0 ? withoutStart(play(), offsetFrames) : play(), {
        startFrame,
        endFrame,
        fadeInFrames: framesOf(event.fadeInSeconds),
        fadeOutFrames,
        gain: decibelsToGain(event.gainDb) * nominalGain(event.recipe),
        pan: event.pan,
        panTo: event.panTo,
        panFrames: Math.max(1, Math.round(event.durationSeconds * SAMPLE_RATE)),
        offsetFrames,
        gainLine: event.gainLine,
        panLine: event.panLine,
        distance: event.distance,
      }),
  };
}

/** When an event ends, if it does not end by itself: at its time, or where the user wants it to fade out. */
function endOf({ atSeconds, durationSeconds, untilSeconds, fadeOutSeconds }: SoundEvent) {
  const fadesOut = fadeOutSeconds ? atSeconds + durationSeconds : undefined;
  const end = untilSeconds ?? fadesOut;
  if (end === undefined) return { endFrame: Infinity, fadeOutFrames: 0 };
  return { endFrame: framesOf(end), fadeOutFrames: framesOf(fadeOutSeconds ?? LAST_EVENT_FADE_SECONDS) };
}

function framesOf(seconds = 0): number {
  return Math.round(seconds * SAMPLE_RATE);
}
