import * as v from 'valibot';
import { BlobNameSchema } from '../blob-name.ts';
import { MakerSchema } from '../maker.ts';
import { ScoreSchema } from '../score.ts';

/** The sound of one track: a 48 kHz stereo 16-bit WAV with its measurements. */
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

/** Which generator fills a track, and its parameters besides the prompts. */
export const GeneratorChoiceSchema = v.variant('generator', [
  v.object({ generator: v.literal('synth') }),
  v.object({
    generator: v.literal('server'),
    /** One of the server's engines. */
    engine: v.string(),
    /** How many candidates it makes for each track. */
    candidates: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)),
    /** Denoising steps. */
    steps: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
    /** How closely it follows the prompt (classifier-free guidance scale). */
    guidance: v.pipe(v.number(), v.minValue(0), v.maxValue(20)),
    /** Whether each scene has its own prompts; absent from engines that take one for the whole. */
    isSegmented: v.optional(v.boolean()),
    /** The candidate of this entry, best first. */
    candidate: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
  }),
]);
export type GeneratorChoice = v.InferOutput<typeof GeneratorChoiceSchema>;
export type ServerChoice = Extract<GeneratorChoice, { generator: 'server' }>;

const generator = v.optional(GeneratorChoiceSchema, { generator: 'synth' });

/** A stem and its origin. */
export const GeneratedStemSchema = v.object({
  stem: StemSchema,
  maker: MakerSchema,
  /** How it was brought to its length: trimmed from a longer one, or repeated with crossfades. */
  fit: v.picklist(['whole', 'trimmed', 'repeated']),
  /** Seconds that were generated. */
  generatedSeconds: v.number(),
});
export type GeneratedStem = v.InferOutput<typeof GeneratedStemSchema>;

/** `soundtrack`: music and effects as stems of exactly the film's length. One entry is one take. */
export const SoundtrackOptionsSchema = v.object({
  kind: v.optional(KindSchema, 'both'),
  /** null takes one that the source gives. */
  seed: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))), null),
  /** Seeds of scenes that were made anew; all others follow `seed`. */
  scenes: v.optional(
    v.array(v.object({ id: v.string(), seed: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
    [],
  ),
  music: generator,
  effects: generator,
  /** The score as the user has edited it; null has it planned. */
  score: v.optional(v.nullable(ScoreSchema), null),
});
export const SoundtrackOutputSchema = v.object({
  durationSeconds: v.number(),
  music: v.nullable(GeneratedStemSchema),
  effects: v.nullable(GeneratedStemSchema),
  /** The score of the synthesiser; null when it played nothing. */
  score: v.nullable(ScoreSchema),
});
export type SoundtrackOutput = v.InferOutput<typeof SoundtrackOutputSchema>;
