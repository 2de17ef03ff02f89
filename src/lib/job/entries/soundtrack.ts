import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';
import { MakerSchema } from '../maker.ts';
import { ScoreSchema } from '../score.ts';

/** One track of sound on its own: a 48 kHz stereo 16-bit WAV and what was measured on it. */
export const StemSchema = v.object({
  blob: BlobNameSchema,
  /** Samples per channel at 48 kHz. */
  samples: v.number(),
  /** Integrated loudness (ITU-R BS.1770), LUFS; null for silence. */
  loudnessLufs: v.nullable(v.number()),
  truePeakDb: v.nullable(v.number()),
  /** Peak magnitudes for the waveform, one byte each (0 … 255), evenly spaced over the duration. */
  peaks: BlobNameSchema,
});
export type Stem = v.InferOutput<typeof StemSchema>;

export const KindSchema = v.picklist(['music', 'effects', 'both']);
export type Kind = v.InferOutput<typeof KindSchema>;

/** The tracks of a soundtrack that a generator fills. */
export type TrackName = 'music' | 'effects';

/** Which generator fills a track, and what it is told besides the prompts. */
export const GeneratorChoiceSchema = v.variant('generator', [
  v.object({ generator: v.literal('synth') }),
  v.object({
    generator: v.literal('server'),
    /** Which of the server's engines. */
    engine: v.string(),
    /** How many candidates it makes of each track. */
    candidates: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)),
    /** Denoising steps. */
    steps: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
    /** How closely it keeps to the words (classifier-free guidance scale). */
    guidance: v.pipe(v.number(), v.minValue(0), v.maxValue(20)),
    /** Which of the candidates this is, best first. */
    candidate: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
  }),
]);
export type GeneratorChoice = v.InferOutput<typeof GeneratorChoiceSchema>;
export type ServerChoice = Extract<GeneratorChoice, { generator: 'server' }>;

const generator = v.optional(GeneratorChoiceSchema, { generator: 'synth' });

/** A stem and where it came from. */
export const GeneratedStemSchema = v.object({
  stem: StemSchema,
  maker: MakerSchema,
  /** How its length was made to fit: cut from a longer one, or repeated with crossfades behind its end. */
  fit: v.picklist(['whole', 'trimmed', 'repeated']),
  /** Seconds that were generated. */
  generatedSeconds: v.number(),
});
export type GeneratedStem = v.InferOutput<typeof GeneratedStemSchema>;

/** `soundtrack`: music and effects as stems of exactly the film's length. One entry is one take. */
export const SoundtrackOptionsSchema = v.object({
  kind: v.optional(KindSchema, 'both'),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)), 1),
  music: generator,
  effects: generator,
  /** The score as the user has edited it; null lets the planner write one. */
  score: v.optional(v.nullable(ScoreSchema), null),
});
export const SoundtrackOutputSchema = v.object({
  durationSeconds: v.number(),
  music: v.nullable(GeneratedStemSchema),
  effects: v.nullable(GeneratedStemSchema),
  /** What the synthesiser played; null where it played nothing. */
  score: v.nullable(ScoreSchema),
});
export type SoundtrackOutput = v.InferOutput<typeof SoundtrackOutputSchema>;
