import * as v from 'valibot';
import { MoodSchema, SignedUnitSchema, UnitSchema } from './mood.ts';

const seconds = v.pipe(v.number(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const decibels = v.pipe(v.number(), v.minValue(-60), v.maxValue(12));

/**
 * A value over time: straight lines between points in ascending order of time, constant before the first and after the
 * last. Times count from the beginning of its sound; no points: no line.
 */
export const LineSchema = v.pipe(
  v.array(v.object({ atSeconds: seconds, value: v.number() })),
  v.maxLength(1000),
);
export type Line = v.InferOutput<typeof LineSchema>;

/** Why a sound is in the score. */
const reason = {
  /** The user's word, or what is seen, that it was added for. */
  because: v.string(),
  /** Whether the user asked for it in words or the picture shows it; absent in older scores. */
  from: v.optional(v.picklist(['words', 'picture'])),
};

/** How a sound is cut and moved on the timeline. Without these fields it is as the planner made it. */
const placed = {
  /** The second of its sound with which it begins: cutting its beginning off does not shift what is heard. */
  offsetSeconds: v.optional(seconds),
  /** Decibels that are added to its gain, from its begin. */
  gainLine: v.optional(LineSchema),
  /** Its position over time, -1 … 1, in place of the pan. */
  panLine: v.optional(LineSchema),
};

/** A section of the music with its own density; sections cover the whole duration without gaps. */
export const SectionSchema = v.object({
  name: v.string(),
  startSeconds: seconds,
  endSeconds: seconds,
  /** How full the arrangement is, 0 … 1. */
  intensity: UnitSchema,
  /** Tempo of this section: a few percent faster or slower, so that a bar line falls on the cut at its start. */
  tempoBpm: v.number(),
  /** Chord symbols, one per bar, repeated; e.g. `Cmaj7`. */
  chords: v.array(v.string()),
  /** Distinguishes attempts at its notes: each number is played another way. */
  variation: v.optional(count),
});
export type Section = v.InferOutput<typeof SectionSchema>;

/** One instrument of the arrangement; the user can remove it or change the instrument. */
export const PartSchema = v.object({
  role: v.picklist(['pad', 'bass', 'melody', 'harmony', 'rhythm', 'texture']),
  instrument: v.string(),
  gainDb: decibels,
  pan: SignedUnitSchema,
  isMuted: v.boolean(),
  /**
   * Which of the style's players it is, which decides when, what and how it plays. It stays the same when other parts
   * are removed or the instrument is changed; older scores are read by role and order.
   */
  seat: v.optional(count),
});
export type Part = v.InferOutput<typeof PartSchema>;

/** The plan of the music, without samples. */
export const MusicPlanSchema = v.object({
  style: v.string(),
  key: v.string(),
  mode: v.string(),
  tempoBpm: v.number(),
  beatsPerBar: v.number(),
  sections: v.array(SectionSchema),
  parts: v.array(PartSchema),
  /** Times of scene cuts that get an accent. */
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
  /** How strong the source of the sound is (drizzle … downpour), 0 … 1. */
  intensity: UnitSchema,
  /** How far away it is: 0 at the ear … 1 on the horizon. */
  distance: UnitSchema,
  isMuted: v.boolean(),
  /** Distinguishes layers of one recipe: each number sounds a little different. Older scores use the start. */
  variation: v.optional(count),
  /**
   * Lengths of its equal-power fades, which lie inside its times. Without them it fades over 0.8 s around its start and
   * its end.
   */
  fadeInSeconds: v.optional(seconds),
  fadeOutSeconds: v.optional(seconds),
  ...placed,
  ...reason,
});
export type Layer = v.InferOutput<typeof LayerSchema>;

/** One sound with a beginning and an end, such as a bark. */
export const SoundEventSchema = v.object({
  recipe: v.string(),
  atSeconds: seconds,
  durationSeconds: seconds,
  gainDb: decibels,
  /** Pan at the beginning and at the end: moving things move in the sound. */
  pan: SignedUnitSchema,
  panTo: SignedUnitSchema,
  distance: UnitSchema,
  intensity: UnitSchema,
  /** Distinguishes repetitions: each number sounds a little different. */
  variation: count,
  isMuted: v.boolean(),
  /** When it has faded out, if it would last longer: the scene that it belongs to is over. */
  untilSeconds: v.optional(seconds),
  /** Equal-power fades inside its times; the one at the end is 0.3 s by default, where `untilSeconds` is given. */
  fadeInSeconds: v.optional(seconds),
  fadeOutSeconds: v.optional(seconds),
  ...placed,
  ...reason,
});
export type SoundEvent = v.InferOutput<typeof SoundEventSchema>;

/** The complete plan of a soundtrack. The same score gives the same samples. */
export const ScoreSchema = v.object({
  durationSeconds: seconds,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  mood: MoodSchema,
  music: v.nullable(MusicPlanSchema),
  layers: v.array(LayerSchema),
  events: v.array(SoundEventSchema),
  /** Words of the prompts that match no sound. */
  unknownWords: v.array(v.string()),
});
export type Score = v.InferOutput<typeof ScoreSchema>;

/** An object that is seen over time, for the effects: when and where. Boxes are 0 … 1 from the top left. */
export const CueSchema = v.object({
  label: v.string(),
  score: UnitSchema,
  times: v.array(
    v.object({
      atSeconds: seconds,
      x: UnitSchema,
      y: UnitSchema,
      width: UnitSchema,
      height: UnitSchema,
      /** The detector's score in this look; absent: that of the cue. */
      score: v.optional(UnitSchema),
      /** True where no detector looked: it was followed there from picture to picture. */
      isFollowed: v.optional(v.boolean()),
    }),
  ),
});
export type Cue = v.InferOutput<typeof CueSchema>;

/** A scene of the film as the planner sees it. Scenes cover the whole duration without gaps. */
export const RequestSceneSchema = v.object({
  startSeconds: seconds,
  endSeconds: seconds,
  /** Length of the transition around its start; 0 for a hard cut. */
  fadeSeconds: seconds,
  /** Index of an earlier scene that looks the same and shares its sound; null for none. */
  like: v.nullable(count),
  mood: MoodSchema,
  /** What kind of place it may be, most certain first: names of the table of places. */
  places: v.array(v.object({ name: v.string(), certainty: UnitSchema })),
  /** The user's own words for this scene; empty for none. */
  musicPrompt: v.string(),
  effectsPrompt: v.string(),
  /** Tells this scene from other attempts at it; absent: the seed of the request alone decides. */
  seed: v.optional(count),
  /** The prompts of this scene for generators that read nothing else; absent: those of the film. */
  prompts: v.optional(v.object({ music: v.string(), effects: v.string() })),
});
export type RequestScene = v.InferOutput<typeof RequestSceneSchema>;

/** Something in the picture starts, stops or hits: when, how strongly, and where (0 … 1 from the top left). */
export const MotionOnsetSchema = v.object({
  atSeconds: seconds,
  strength: UnitSchema,
  x: UnitSchema,
  y: UnitSchema,
});
export type MotionOnset = v.InferOutput<typeof MotionOnsetSchema>;

/** What one frame shows besides objects: likelihoods, 0 … 1. */
export const ViewSchema = v.object({
  atSeconds: seconds,
  sky: UnitSchema,
  sea: UnitSchema,
  vegetation: UnitSchema,
  fire: UnitSchema,
  /** Absent when they were not measured. */
  snow: v.optional(UnitSchema),
  night: v.optional(UnitSchema),
  /** 0 indoors … 1 outdoors. */
  outdoor: UnitSchema,
  /** A flat picture, such as a title, a user interface or a test pattern. */
  flat: UnitSchema,
  /** How colourful it is; absent when it was not measured. */
  saturation: v.optional(UnitSchema),
});
export type View = v.InferOutput<typeof ViewSchema>;

/** Where the background lies at a time, relative to the beginning: what the camera's motion adds to every box. */
export const CameraPointSchema = v.object({
  atSeconds: seconds,
  /** In widths and heights of the picture. */
  x: v.number(),
  y: v.number(),
});
export type CameraPoint = v.InferOutput<typeof CameraPointSchema>;

/** A request to the planner and the generators. */
export const SoundtrackRequestSchema = v.object({
  /** The prompts for generators that read nothing else. */
  musicPrompt: v.string(),
  effectsPrompt: v.string(),
  negativePrompt: v.string(),
  /**
   * The words that the user wrote, for the planner, which sees the picture itself: what is seen is no request. Absent:
   * the prompts are the user's.
   */
  ownWords: v.optional(v.object({ music: v.string(), effects: v.string() })),
  mood: MoodSchema,
  /** True when the user chose the mood, so that what is seen does not change it. */
  isMoodChosen: v.optional(v.boolean()),
  cues: v.array(CueSchema),
  /** How lively the picture is over time: motion and brightness, 0 … 1. */
  curve: v.array(v.object({ atSeconds: seconds, motion: UnitSchema, brightness: UnitSchema })),
  /** Scene cuts; `weight` 1 is a certain, hard cut. */
  cuts: v.array(v.object({ atSeconds: seconds, weight: UnitSchema })),
  /** Absent when the scenes are not known: then the whole film is one. */
  scenes: v.optional(v.array(RequestSceneSchema)),
  onsets: v.optional(v.array(MotionOnsetSchema)),
  /** Absent when the picture is not known. */
  views: v.optional(v.array(ViewSchema)),
  /** Absent when the motion of the camera is not known: then it is estimated from the objects. */
  camera: v.optional(v.array(CameraPointSchema)),
  /** The looks at the picture for objects, ascending, also those that found none. Absent: the times of cues and curve. */
  looks: v.optional(v.array(seconds)),
  durationSeconds: v.pipe(v.number(), v.minValue(0.02), v.maxValue(7200)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  kind: v.picklist(['music', 'effects', 'both']),
  /** An edited score: it is played unchanged, and nothing is planned. */
  score: v.optional(ScoreSchema),
});
export type SoundtrackRequest = v.InferOutput<typeof SoundtrackRequestSchema>;
