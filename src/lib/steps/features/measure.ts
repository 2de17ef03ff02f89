import { natureLikelihood, outdoorLikelihood, regionsOf } from '#lib/evidence/regions.ts';
import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import type { Mood } from '#lib/job/mood.ts';
import { blockMeans } from '#lib/media/pixels/block-means.ts';
import { cropToContent } from '#lib/media/pixels/content-box.ts';
import { isBlank } from '#lib/media/pixels/is-blank.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';
import { eitherOf, mean, smoothstep } from '#lib/media/pixels/statistics.ts';
import { findFlames, flameOverlap } from './fire.ts';
import { toPlanes } from './frame-planes.ts';
import { measureStill, type StillFeatures } from './still-features.ts';
import { moodOfFeatures } from './mood-of-features.ts';
import { motionBetween } from './motion.ts';
import { paceOf } from './pace.ts';
import { daylight } from './daylight.ts';
import { coloursOf, movingRegions, type Colours, type CellUnrest } from './unrest.ts';

/** The longer side of measured pictures, in pixels: the size that the rules assume. */
export const ANALYSIS_PIXELS = 160;

const NOTHING_MOVES = { sea: 0, water: 0, rain: 0 };
const COLUMNS = 64;
const ROWS = 36;

/** A measured frame, with what is needed to compare it with its neighbours. */
export interface MeasuredFrame {
  atSeconds: number;
  still: StillFeatures;
  colours: Colours;
  /** Mean L* of 64 × 36 blocks, row by row. */
  blocks: Float32Array;
  /** 1 for each pixel of a likely flame. */
  flames: Uint8Array;
  isBlank: boolean;
}

/** Measures a frame without its black bars; its pixels are not needed afterwards. */
export function measureFrame(image: RgbaImage, atSeconds: number): MeasuredFrame {
  const planes = toPlanes(cropToContent(image));
  const flames = findFlames(planes);
  return {
    atSeconds,
    still: measureStill(planes, flames),
    colours: coloursOf(image),
    blocks: blockMeans(planes.lab.lightness, planes.lab.width, planes.lab.height, COLUMNS, ROWS),
    flames: flames.pixels,
    isBlank: isBlank(planes.lab),
  };
}

/** A measured frame with the regions that are seen by what moves around it; null for a picture. */
export function withMoving(frame: MeasuredFrame, unrest: CellUnrest | null): MeasuredFrame {
  const { still, colours } = frame;
  const { sea, water, rain } = unrest ? movingRegions(unrest, colours) : NOTHING_MOVES;
  const photographed = 1 - (still.drawn ?? 0);
  const regions = {
    ...still.regions,
    sea: eitherOf(still.regions.sea, photographed * sea),
    water: photographed * water,
    rain: photographed * rain,
  };
  return { ...frame, still: { ...still, regions } };
}

/**
 * Summarises measured frames, in order of time, to the output of the step. Blank frames (fades) don't count for mood
 * and place, unless all are blank.
 * @param durationSeconds Length of the clip, or null for a picture.
 * @param cuts The boundaries between its shots, and
 * @param scenes its scenes, both on the clock of the frames.
 */
export function summarise(
  measured: readonly MeasuredFrame[],
  durationSeconds: number | null,
  cuts: FeaturesOutput['cuts'] = [],
  scenes: readonly SceneSpan[] = [],
): FeaturesOutput {
  const likelihoods = measured.map(({ atSeconds }, i) =>
    i > 0 ? likelihoodOfCut(cuts, measured[i - 1]!.atSeconds, atSeconds) : 0,
  );
  const frames = measured.map(({ atSeconds, still, blocks }, i): FrameFeatures => {
    const before = measured[i - 1];
    const motion = before ? motionBetween(before.blocks, blocks, atSeconds - before.atSeconds) : 0;
    const regions = { ...still.regions, fire: still.regions.fire * flickering(measured, likelihoods, i) };
    return { atSeconds, ...still, regions, motion, cutLikelihood: likelihoods[i]! };
  });
  const isBlank = measured.map((frame) => frame.isBlank);
  const seen = telling(frames, isBlank);
  const regions = regionsOf(seen);
  return {
    frames,
    mood: moodOf(frames, isBlank, cuts.length, durationSeconds),
    day: daylight(mean(seen.map(({ brightness }) => brightness))),
    outdoor: outdoorLikelihood(regions, mean(seen.map(({ warmth }) => warmth))),
    regions,
    cuts: [...cuts],
    scenes: scenes.flatMap(({ id, startSeconds, endSeconds }) => {
      const isIn = ({ atSeconds }: { atSeconds: number }) =>
        atSeconds >= startSeconds && atSeconds < endSeconds;
      const own = frames.filter(isIn);
      const blank = isBlank.filter((_, i) => isIn(frames[i]!));
      const inner = cuts.filter(({ atSeconds }) => atSeconds > startSeconds && atSeconds < endSeconds);
      if (own.length === 0) return [];
      return [{ id, mood: moodOf(own, blank, inner.length, durationSeconds && endSeconds - startSeconds) }];
    }),
  };
}

/** A scene, on the clock of the frames. */
export interface SceneSpan {
  id: string;
  startSeconds: number;
  endSeconds: number;
}

/** The frames that show something; all, when none does. */
function telling(frames: readonly FrameFeatures[], isBlank: readonly boolean[]): readonly FrameFeatures[] {
  const some = frames.filter((_, i) => !isBlank[i]);
  return some.length > 0 ? some : frames;
}

function moodOf(
  frames: readonly FrameFeatures[],
  isBlank: readonly boolean[],
  cutCount: number,
  durationSeconds: number | null,
): Mood {
  const seen = telling(frames, isBlank);
  const average = (read: (frame: FrameFeatures) => number) => mean(seen.map(read));
  return moodOfFeatures({
    brightness: average((frame) => frame.brightness),
    saturation: average((frame) => frame.saturation),
    warmth: average((frame) => frame.warmth),
    nature: natureLikelihood(regionsOf(seen)),
    pace: paceOf(frames, isBlank, cutCount, durationSeconds),
  });
}

/** 0 where the flames of a frame have kept their shape since the frame before, or keep it until the next: 1 otherwise. */
function flickering(measured: readonly MeasuredFrame[], likelihoods: readonly number[], at: number): number {
  const { flames } = measured[at]!;
  const isOneShot = (i: number) => i > 0 && i < measured.length && likelihoods[i]! < 0.5;
  const neighbours = [isOneShot(at) ? measured[at - 1]! : null, isOneShot(at + 1) ? measured[at + 1]! : null];
  const overlaps = neighbours.map((other) => (other ? flameOverlap(flames, other.flames) : 0));
  return 1 - smoothstep(0.75, 0.92, Math.max(...overlaps));
}

/** The weight of the most certain cut between two times. */
function likelihoodOfCut(cuts: FeaturesOutput['cuts'], after: number, until: number): number {
  const between = cuts.filter(({ atSeconds }) => atSeconds > after && atSeconds <= until);
  return Math.max(0, ...between.map(({ weight }) => weight));
}
