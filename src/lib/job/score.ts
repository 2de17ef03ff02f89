import * as v from 'valibot';
import { MoodSchema, SignedUnitSchema, UnitSchema } from './mood.ts';

const seconds = v.pipe(v.number(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const decibels = v.pipe(v.number(), v.minValue(-60), v.maxValue(12));

/** One stretch of the music with its own density; the sections tile the whole duration. */
export const SectionSchema = v.object({
  name: v.string(),
  startSeconds: seconds,
  endSeconds: seconds,
  /** How full the arrangement is, 0 … 1. */
  intensity: UnitSchema,
  /** Tempo of this section; a stretch of at most a few percent puts a bar line on the cut that starts it. */
  tempoBpm: v.number(),
  /** Chord symbols, one per bar, repeated; e.g. `Cmaj7`. */
  chords: v.array(v.string()),
});
export type Section = v.InferOutput<typeof SectionSchema>;

/** One instrument of the arrangement; the user can drop it or swap the instrument. */
export const PartSchema = v.object({
  role: v.picklist(['pad', 'bass', 'melody', 'harmony', 'rhythm', 'texture']),
  instrument: v.string(),
  gainDb: decibels,
  pan: SignedUnitSchema,
  isMuted: v.boolean(),
  /**
   * Which of the style's players it is: when it plays, what and how. It stays when others are dropped or the
   * instrument is another; older scores go by the role and the order.
   */
  seat: v.optional(count),
});
export type Part = v.InferOutput<typeof PartSchema>;

/** The plan of the music: what is played, never the samples. */
export const MusicPlanSchema = v.object({
  style: v.string(),
  key: v.string(),
  mode: v.string(),
  tempoBpm: v.number(),
  beatsPerBar: v.number(),
  sections: v.array(SectionSchema),
  parts: v.array(PartSchema),
  /** Times at which a scene cut gets an accent. */
  accentsSeconds: v.array(seconds),
});
export type MusicPlan = v.InferOutput<typeof MusicPlanSchema>;

/** A continuous ambience, such as rain or a forest. */
export const LayerSchema = v.object({
  recipe: v.string(),
  startSeconds: seconds,
  endSeconds: seconds,
  gainDb: decibels,
  pan: SignedUnitSchema,
  /** How strong the thing itself is (drizzle … downpour), 0 … 1. */
  intensity: UnitSchema,
  /** How far away it is: 0 at the ear … 1 on the horizon. */
  distance: UnitSchema,
  isMuted: v.boolean(),
  /** Tells layers of one recipe apart: each number sounds a little different. Older scores go by the start. */
  variation: v.optional(count),
  /** The word or label that asked for it, for people to read. */
  because: v.string(),
});
export type Layer = v.InferOutput<typeof LayerSchema>;

/** One sound with a beginning and an end, such as a bark. */
export const SoundEventSchema = v.object({
  recipe: v.string(),
  atSeconds: seconds,
  durationSeconds: seconds,
  gainDb: decibels,
  /** Pan at the beginning and at the end: a thing that moves is heard moving. */
  pan: SignedUnitSchema,
  panTo: SignedUnitSchema,
  distance: UnitSchema,
  intensity: UnitSchema,
  /** Distinguishes repetitions: each number sounds a little different. */
  variation: count,
  isMuted: v.boolean(),
  because: v.string(),
});
export type SoundEvent = v.InferOutput<typeof SoundEventSchema>;

/** The whole plan of a soundtrack. The same score gives the same samples. */
export const ScoreSchema = v.object({
  durationSeconds: seconds,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  mood: MoodSchema,
  music: v.nullable(MusicPlanSchema),
  layers: v.array(LayerSchema),
  events: v.array(SoundEventSchema),
  /** Words of the prompts that nothing could be made of. */
  unknownWords: v.array(v.string()),
});
export type Score = v.InferOutput<typeof ScoreSchema>;

/** An object seen in the picture, for the effects: where it is, and when. Boxes are 0 … 1 from the top left. */
export const CueSchema = v.object({
  label: v.string(),
  score: UnitSchema,
  times: v.array(
    v.object({ atSeconds: seconds, x: UnitSchema, y: UnitSchema, width: UnitSchema, height: UnitSchema }),
  ),
});
export type Cue = v.InferOutput<typeof CueSchema>;

/** What a sound engine is asked for. */
export const SoundtrackRequestSchema = v.object({
  musicPrompt: v.string(),
  effectsPrompt: v.string(),
  negativePrompt: v.string(),
  mood: MoodSchema,
  cues: v.array(CueSchema),
  /** How lively the picture is over time: motion and brightness, 0 … 1. */
  curve: v.array(v.object({ atSeconds: seconds, motion: UnitSchema, brightness: UnitSchema })),
  /** Scene cuts; `weight` 1 is a certain, hard cut. */
  cuts: v.array(v.object({ atSeconds: seconds, weight: UnitSchema })),
  durationSeconds: v.pipe(v.number(), v.minValue(0.02), v.maxValue(7200)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  kind: v.picklist(['music', 'effects', 'both']),
  /** A score that people have edited: it is played as it stands, and nothing is planned. */
  score: v.optional(ScoreSchema),
});
export type SoundtrackRequest = v.InferOutput<typeof SoundtrackRequestSchema>;
