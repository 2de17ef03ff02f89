import { duckUnder, type Activity } from '#lib/media/audio/duck.ts';
import { fadeFrames } from '#lib/media/audio/fade.ts';
import { STEM_NAMES, stemGains, type StemName } from '#lib/media/audio/mix-gains.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { silence, type Silence } from '#lib/media/audio/silence.ts';
import type { MixOptions } from '#lib/job/entries/mix.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { MixPlan, ChannelStrip } from './mix-sum.ts';

/** The stems of a mix, and how they are mixed. */
export interface MixRequest {
  stems: Record<StemName, Stem | null>;
  /** How present voice and source audio are over time; music and effects are ducked under both. */
  activities: Readonly<Record<'voice' | 'original', Activity | null>>;
  durationSeconds: number;
  options: MixOptions;
  /** Stretches without music and effects: those of muted scenes. */
  silences?: readonly Silence[];
}

/** Opens a stem for reading interleaved 16-bit stereo. */
export type ReadStem = (stem: Stem) => Promise<ChannelStrip['read']>;

/** The plan of a mix: the audible stems with their gains, the ducking and the fades. */
export async function planMix(request: MixRequest, readStem: ReadStem): Promise<MixPlan> {
  const { stems, options, activities, silences = [] } = request;
  const frames = Math.round(request.durationSeconds * SAMPLE_RATE);
  const gains = stemGains(options, stems);
  const { curve, stepSeconds } = duckUnder(activities, gains, options.duckDb);
  const duck = curve.length > 0 ? curve : null;
  const strips: ChannelStrip[] = [];
  for (const name of STEM_NAMES) {
    const stem = stems[name];
    if (!stem || gains[name] === 0) continue;
    const read = await readStem(stem);
    const common = { gain: gains[name], frames: stem.samples };
    strips.push(
      name === 'original' || name === 'voice'
        ? { ...common, duck: null, read }
        : { ...common, duck, read: withSilences(read, silences) },
    );
  }
  return {
    strips,
    frames,
    fades: fadeFrames(options.fadeInSeconds, options.fadeOutSeconds, frames, SAMPLE_RATE),
    duckStepFrames: Math.round(stepSeconds * SAMPLE_RATE),
  };
}

function withSilences(read: ChannelStrip['read'], silences: readonly Silence[]): ChannelStrip['read'] {
  if (silences.length === 0) return read;
  return async (start, count) => {
    const samples = await read(start, count);
    silence(samples, 2, start, silences, SAMPLE_RATE);
    return samples;
  };
}
