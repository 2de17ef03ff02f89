import type { FrameLook, VisualOutput } from '#lib/job/entries/visual.ts';
import { cropToContent } from '#lib/media/pixels/content-box.ts';
import { isBlank } from '#lib/media/pixels/is-blank.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';
import { mean } from '#lib/media/pixels/statistics.ts';
import { cutLikelihoods, findCuts } from './cuts.ts';
import { toPlanes } from './frame-planes.ts';
import { measureLook, type StillLook } from './look.ts';
import { moodOfLooks } from './mood-of-looks.ts';
import { motionBetween } from './motion.ts';
import { paceOf } from './pace.ts';
import { daylight, natureLikelihood, outdoorLikelihood, regionsOf } from './place.ts';
import { signatureOf, type Signature } from './signature.ts';

/** The longer side of the pictures to measure, in pixels: the rules' sizes assume about this. */
export const ANALYSIS_PIXELS = 160;

/** One frame, measured by itself and ready to be compared with its neighbours. */
export interface MeasuredFrame {
  atSeconds: number;
  look: StillLook;
  signature: Signature;
  isBlank: boolean;
}

/** Measures one frame; its pixels are not needed afterwards. Black bars don't count. */
export function measureFrame(image: RgbaImage, atSeconds: number): MeasuredFrame {
  const planes = toPlanes(cropToContent(image));
  return {
    atSeconds,
    look: measureLook(planes),
    signature: signatureOf(planes.lab),
    isBlank: isBlank(planes.lab),
  };
}

/**
 * Puts measured frames, in order of time, together to what `visual` appends. Blank frames (fades) say nothing about mood
 * and place, unless all are blank.
 * @param durationSeconds Length of the clip, or null for a picture.
 */
export function summarise(frames: readonly MeasuredFrame[], durationSeconds: number | null): VisualOutput {
  const likelihoods = cutLikelihoods(frames.map(({ signature }) => signature));
  const looks = frames.map(({ atSeconds, look, signature }, i): FrameLook => {
    const before = frames[i - 1];
    const motion = before ? motionBetween(before.signature, signature, atSeconds - before.atSeconds) : 0;
    return { atSeconds, ...look, motion, cutLikelihood: likelihoods[i]! };
  });
  const isBlank = frames.map((frame) => frame.isBlank);
  const telling = looks.filter((_, i) => !isBlank[i]);
  const seen = telling.length ? telling : looks;
  const average = (read: (look: FrameLook) => number) => mean(seen.map(read));
  const cuts = findCuts(
    frames.map(({ atSeconds }) => atSeconds),
    likelihoods,
  );
  const regions = regionsOf(seen);
  const brightness = average((look) => look.brightness);
  const warmth = average((look) => look.warmth);
  return {
    looks,
    mood: moodOfLooks({
      brightness,
      saturation: average((look) => look.saturation),
      warmth,
      nature: natureLikelihood(regions),
      pace: paceOf(looks, isBlank, cuts.length, durationSeconds),
    }),
    day: daylight(brightness),
    outdoor: outdoorLikelihood(regions, warmth),
    regions,
    cuts,
  };
}
