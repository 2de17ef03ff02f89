import type { Mood } from '#lib/job/mood.ts';
import { smoothstep } from '#lib/media/pixels/statistics.ts';
import type { Pace } from './pace.ts';

/** From this arousal on darkness says nothing about valence. */
const LIVELY = 0.5;

/** The input of the mood: means over the frames, and for a video its pace. */
export interface MoodEvidence {
  brightness: number;
  saturation: number;
  warmth: number;
  /** Likelihood of sky, sea or plants, 0 … 1. */
  nature: number;
  /** Null for a picture. */
  pace: Pace | null;
}

/**
 * Mood from features. Colours after Valdez & Mehrabian 1994, with B and S as deviations from an average photo in units
 * of its spread: pleasure = 0.69·B + 0.22·S, arousal = -0.31·B + 0.60·S. Warm hues are slightly arousing (Wilms &
 * Oberfeld 2018); nature is pleasant (Kaplan, Kaplan & Wendt 1972) and calming (Ulrich et al. 1991). Motion and cutting
 * rate are arousing (Hanjalic & Xu 2005) and outweigh colour where there are any.
 */
export function moodOfFeatures({ brightness, saturation, warmth, nature, pace }: MoodEvidence): Mood {
  const light = (brightness - 0.45) / 0.2;
  const colour = (saturation - 0.3) / 0.15;
  const pleasure = 0.69 * light + 0.22 * colour + 0.5 * nature;
  const colourArousal = -0.31 * light + 0.6 * colour + 0.3 * warmth;
  const valence = Math.tanh(pleasure / 2);
  const calm = 0.35 * nature;
  if (!pace) return withoutDread({ valence, arousal: Math.tanh(colourArousal / 2 - calm) });
  const movement = (pace.motion - 0.35) / 0.2;
  const cutting = Math.min(1, pace.cutsPerMinute / 20);
  return withoutDread({ valence, arousal: Math.tanh(colourArousal / 4 + movement / 2 + cutting / 2 - calm) });
}

/**
 * What is dark and lively is not unpleasant for that: a dark picture may be a grey day or a short exposure. The livelier
 * it is, the less its darkness says.
 */
function withoutDread({ valence, arousal }: Mood): Mood {
  const doubt = valence < 0 ? 1 - smoothstep(0, LIVELY, arousal) : 1;
  return { valence: valence * doubt, arousal };
}
