import * as v from 'valibot';
import { BestFrameOptionsSchema, BestFrameOutputSchema } from './entries/best-frame.ts';
import { DescriptionOptionsSchema, DescriptionOutputSchema } from './entries/description.ts';
import { FilmOptionsSchema, FilmOutputSchema } from './entries/film.ts';
import { FramesOptionsSchema, FramesOutputSchema } from './entries/frames.ts';
import { MixOptionsSchema, MixOutputSchema } from './entries/mix.ts';
import { ObjectsOptionsSchema, ObjectsOutputSchema } from './entries/objects.ts';
import { OriginalOptionsSchema, OriginalOutputSchema } from './entries/original.ts';
import { PromptOptionsSchema, PromptOutputSchema } from './entries/prompt.ts';
import { SoundtrackOptionsSchema, SoundtrackOutputSchema } from './entries/soundtrack.ts';
import { SourceOptionsSchema, SourceOutputSchema } from './entries/source.ts';
import { VisualOptionsSchema, VisualOutputSchema } from './entries/visual.ts';

/** Every step of the corridor in order, with the schemas of its options and of what it appends. */
export const STEPS = {
  source: { options: SourceOptionsSchema, output: SourceOutputSchema },
  frames: { options: FramesOptionsSchema, output: FramesOutputSchema },
  original: { options: OriginalOptionsSchema, output: OriginalOutputSchema },
  objects: { options: ObjectsOptionsSchema, output: ObjectsOutputSchema },
  visual: { options: VisualOptionsSchema, output: VisualOutputSchema },
  'best-frame': { options: BestFrameOptionsSchema, output: BestFrameOutputSchema },
  description: { options: DescriptionOptionsSchema, output: DescriptionOutputSchema },
  prompt: { options: PromptOptionsSchema, output: PromptOutputSchema },
  soundtrack: { options: SoundtrackOptionsSchema, output: SoundtrackOutputSchema },
  mix: { options: MixOptionsSchema, output: MixOutputSchema },
  film: { options: FilmOptionsSchema, output: FilmOutputSchema },
} as const;

export type StepName = keyof typeof STEPS;
export type OptionsOf<N extends StepName> = v.InferOutput<(typeof STEPS)[N]['options']>;
export type OutputOf<N extends StepName> = v.InferOutput<(typeof STEPS)[N]['output']>;

/** The names of all steps, in the order of the corridor. */
export const STEP_NAMES = Object.keys(STEPS) as StepName[];

const common = {
  version: v.number(),
  /** When the step finished, ISO 8601. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  milliseconds: v.number(),
  /** Digest of step, version, options and the keys of the entries that were read. */
  key: v.string(),
  /** Which entries were read: step name → key. */
  inputs: v.record(v.string(), v.string()),
};

/** One line of the job document. */
export const EntrySchema = v.variant('step', [
  v.object({ step: v.literal('source'), ...common, ...STEPS.source }),
  v.object({ step: v.literal('frames'), ...common, ...STEPS.frames }),
  v.object({ step: v.literal('original'), ...common, ...STEPS.original }),
  v.object({ step: v.literal('objects'), ...common, ...STEPS.objects }),
  v.object({ step: v.literal('visual'), ...common, ...STEPS.visual }),
  v.object({ step: v.literal('best-frame'), ...common, ...STEPS['best-frame'] }),
  v.object({ step: v.literal('description'), ...common, ...STEPS.description }),
  v.object({ step: v.literal('prompt'), ...common, ...STEPS.prompt }),
  v.object({ step: v.literal('soundtrack'), ...common, ...STEPS.soundtrack }),
  v.object({ step: v.literal('mix'), ...common, ...STEPS.mix }),
  v.object({ step: v.literal('film'), ...common, ...STEPS.film }),
]);

/** The entry of one step. */
export interface EntryOf<N extends StepName> {
  step: N;
  version: number;
  at: string;
  milliseconds: number;
  key: string;
  inputs: Record<string, string>;
  options: OptionsOf<N>;
  output: OutputOf<N>;
}
export type Entry = { [N in StepName]: EntryOf<N> }[StepName];

/** The options of every step: what the user wishes for. */
export type AllOptions = { [N in StepName]: OptionsOf<N> };

/**
 * Options of all steps from a plain object such as `{ "soundtrack": { "seed": 7 } }`; what is missing gets its default.
 * @throws TypeError naming the first option that is wrong.
 */
export function readOptions(data: unknown): AllOptions {
  const given = (data ?? {}) as Record<string, unknown>;
  const stranger = Object.keys(given).find((name) => !(name in STEPS));
  if (stranger)
    throw new TypeError(`Options are named by step (${STEP_NAMES.join(', ')}); "${stranger}" is none.`);
  const entries = STEP_NAMES.map((step) => {
    const result = v.safeParse(STEPS[step].options, given[step] ?? {});
    if (result.success) return [step, result.output];
    const [issue] = result.issues;
    throw new TypeError(`The option "${[step, v.getDotPath(issue)].join('.')}" is wrong: ${issue.message}.`);
  });
  return Object.fromEntries(entries) as AllOptions;
}

/** The options of every step as they are before the user touches anything. */
export function defaultOptions(): AllOptions {
  return readOptions({});
}
