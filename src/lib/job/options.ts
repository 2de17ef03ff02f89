import * as v from 'valibot';
import { SCHEMAS, STEP_NAMES, type OptionsOf, type StepName } from './entry.ts';
import { optionsFrom1 } from './migrations/options-1.ts';
import { SubjectSchema, type Subject } from './subject.ts';

/** Number of the schema of documents and options. */
export const SCHEMA = 2;

/** The options of every step. */
export type AllOptions = { [N in StepName]: OptionsOf<N> };
/** Options of some steps for one scene or clip, in place of the general ones. */
export type Overrides = { [N in StepName]?: Partial<OptionsOf<N>> };

/** The user's options: for every step, and overrides for single scenes and clips. */
export interface Options {
  schema: typeof SCHEMA;
  all: AllOptions;
  of: Partial<Record<Subject, Overrides>>;
}

/** The options of a step for a subject. */
export function optionsFor<N extends StepName>(options: Options, step: N, subject: Subject): OptionsOf<N> {
  return { ...options.all[step], ...options.of[subject]?.[step] };
}

/** Options with changes for a step: in general, or for one scene or clip. */
export function withOptions<N extends StepName>(
  options: Options,
  step: N,
  change: Partial<OptionsOf<N>>,
  subject: Subject = 'film',
): Options {
  if (subject === 'film') {
    return { ...options, all: { ...options.all, [step]: { ...options.all[step], ...change } } };
  }
  const own = options.of[subject];
  const of = { ...options.of, [subject]: { ...own, [step]: { ...own?.[step], ...change } } };
  return { ...options, of };
}

/** The default options. */
export function defaultOptions(): Options {
  return optionsByStep({});
}

/**
 * Options from a plain object by step, such as `{ "soundtrack": { "seed": 7 } }`; missing ones are taken from `base`, or
 * without it from the defaults.
 * @throws TypeError naming the first invalid option.
 */
export function optionsByStep(data: unknown, base?: Options): Options {
  const given = (data ?? {}) as Record<string, unknown>;
  const stranger = Object.keys(given).find((name) => !(name in SCHEMAS));
  if (stranger)
    throw new TypeError(`Options are named by step (${STEP_NAMES.join(', ')}); "${stranger}" is none.`);
  const all = merge(base?.all ?? {}, given) as Record<string, unknown>;
  return { schema: SCHEMA, all: parseAll(all), of: base?.of ?? {} };
}

/** JSON with changes; objects are merged field by field. */
function merge(base: unknown, change: unknown): unknown {
  if (!isObject(base) || !isObject(change)) return change;
  const changed = Object.entries(change).map(([name, value]) => [name, merge(base[name], value)]);
  return { ...base, ...Object.fromEntries(changed) } as unknown;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const StoredSchema = v.object({
  schema: v.literal(SCHEMA),
  all: v.record(v.string(), v.unknown()),
  of: v.record(SubjectSchema, v.record(v.string(), v.record(v.string(), v.unknown()))),
});

/**
 * Options from storage or a file, of this or an older schema. Steps that this version does not know are left out.
 * @throws TypeError naming the first invalid option.
 */
export function readOptions(data: unknown): Options {
  const result = v.safeParse(StoredSchema, optionsFrom1(data));
  if (!result.success) {
    const [issue] = result.issues;
    throw new TypeError(`These are no options that this version can read: at "${v.getDotPath(issue)}".`);
  }
  const { all, of } = result.output;
  const overrides = Object.entries(of).map(([subject, steps]) => [subject, parseOverrides(steps ?? {})]);
  return { schema: SCHEMA, all: parseAll(all), of: Object.fromEntries(overrides) as Options['of'] };
}

function parseAll(given: Record<string, unknown>): AllOptions {
  const entries = STEP_NAMES.map((step) => [step, parse(step, given[step] ?? {})]);
  return Object.fromEntries(entries) as AllOptions;
}

/** Validates overrides and keeps only the given ones: a default is no override. */
function parseOverrides(steps: Record<string, Record<string, unknown>>): Overrides {
  const known = Object.entries(steps).filter(([step]) => step in SCHEMAS);
  return Object.fromEntries(
    known.map(([step, given]) => {
      const parsed = parse(step as StepName, given) as Record<string, unknown>;
      return [step, Object.fromEntries(Object.keys(given).map((name) => [name, parsed[name]]))];
    }),
  );
}

function parse(step: StepName, given: unknown): unknown {
  const result = v.safeParse(SCHEMAS[step].options, given);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new TypeError(`The option "${[step, v.getDotPath(issue)].join('.')}" is wrong: ${issue.message}.`);
}
