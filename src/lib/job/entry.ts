import * as v from 'valibot';
import { AssembleOptionsSchema, AssembleOutputSchema } from './entries/assemble.ts';
import { BestFrameOptionsSchema, BestFrameOutputSchema } from './entries/best-frame.ts';
import { DescriptionOptionsSchema, DescriptionOutputSchema } from './entries/description.ts';
import { FeaturesOptionsSchema, FeaturesOutputSchema } from './entries/features.ts';
import { FilmOptionsSchema, FilmOutputSchema } from './entries/film.ts';
import { FramesOptionsSchema, FramesOutputSchema } from './entries/frames.ts';
import { LengthOptionsSchema, LengthOutputSchema } from './entries/length.ts';
import { MixOptionsSchema, MixOutputSchema } from './entries/mix.ts';
import { ObjectsOptionsSchema, ObjectsOutputSchema } from './entries/objects.ts';
import { PromptOptionsSchema, PromptOutputSchema } from './entries/prompt.ts';
import { ScenesOptionsSchema, ScenesOutputSchema } from './entries/scenes.ts';
import { SoundtrackOptionsSchema, SoundtrackOutputSchema } from './entries/soundtrack.ts';
import { SourceAudioOptionsSchema, SourceAudioOutputSchema } from './entries/source-audio.ts';
import { SourceOptionsSchema, SourceOutputSchema } from './entries/source.ts';
import { WatchOptionsSchema, WatchOutputSchema } from './entries/watch.ts';
import { MakerSchema, type Maker } from './maker.ts';
import { SubjectSchema, type Subject } from './subject.ts';

/** The schemas of options and output of all steps, in an order in which each comes after its inputs. */
export const SCHEMAS = {
  source: { options: SourceOptionsSchema, output: SourceOutputSchema },
  length: { options: LengthOptionsSchema, output: LengthOutputSchema },
  watch: { options: WatchOptionsSchema, output: WatchOutputSchema },
  scenes: { options: ScenesOptionsSchema, output: ScenesOutputSchema },
  frames: { options: FramesOptionsSchema, output: FramesOutputSchema },
  'source-audio': { options: SourceAudioOptionsSchema, output: SourceAudioOutputSchema },
  objects: { options: ObjectsOptionsSchema, output: ObjectsOutputSchema },
  features: { options: FeaturesOptionsSchema, output: FeaturesOutputSchema },
  'best-frame': { options: BestFrameOptionsSchema, output: BestFrameOutputSchema },
  description: { options: DescriptionOptionsSchema, output: DescriptionOutputSchema },
  prompt: { options: PromptOptionsSchema, output: PromptOutputSchema },
  soundtrack: { options: SoundtrackOptionsSchema, output: SoundtrackOutputSchema },
  assemble: { options: AssembleOptionsSchema, output: AssembleOutputSchema },
  mix: { options: MixOptionsSchema, output: MixOutputSchema },
  film: { options: FilmOptionsSchema, output: FilmOutputSchema },
} as const;

export type StepName = keyof typeof SCHEMAS;
export type OptionsOf<N extends StepName> = v.InferOutput<(typeof SCHEMAS)[N]['options']>;
export type OutputOf<N extends StepName> = v.InferOutput<(typeof SCHEMAS)[N]['output']>;

/** The names of all steps, in order. */
export const STEP_NAMES = Object.keys(SCHEMAS) as StepName[];

/** One entry of the job document: what a step found out or made about a subject. */
export interface EntryOf<N extends StepName> {
  step: N;
  /** Version of the step. */
  version: number;
  subject: Subject;
  /** When the step finished, ISO 8601. */
  at: string;
  milliseconds: number;
  /** Digest of everything that the output depends on; see `entryKey`. */
  key: string;
  /** The entries that were read: role → key, or keys for a role with several entries. */
  inputs: Record<string, string | string[]>;
  options: OptionsOf<N>;
  output: OutputOf<N>;
  maker: Maker;
}
export type Entry = { [N in StepName]: EntryOf<N> }[StepName];

const common = {
  version: v.number(),
  subject: SubjectSchema,
  at: v.pipe(v.string(), v.isoTimestamp()),
  milliseconds: v.number(),
  key: v.string(),
  inputs: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  maker: MakerSchema,
};

export const EntrySchema = v.variant(
  'step',
  STEP_NAMES.map((step) => v.object({ step: v.literal(step), ...common, ...SCHEMAS[step] })),
) as v.GenericSchema<unknown, Entry>;
