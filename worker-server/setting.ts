import * as v from 'valibot';

/** One setting: an environment variable, and a flag of the same name. */
export interface Setting<Schema extends v.GenericSchema<string, unknown>> {
  /** What it is for, in a line of `--help`. */
  help: string;
  schema: Schema;
  /** What it is when nobody sets it. */
  usual: string;
}

/** Describes a setting. */
export function setting<Schema extends v.GenericSchema<string, unknown>>(
  help: string,
  schema: Schema,
  usual: string,
): Setting<Schema> {
  return { help, schema, usual };
}

/**
 * What a setting is, as somebody wrote it or as it usually is.
 * @throws TypeError with one sentence on what is wrong.
 */
export function readSetting<Output>(
  { schema, usual }: Setting<v.GenericSchema<string, Output>>,
  text: string | undefined,
): Output {
  const result = v.safeParse(schema, text ?? usual);
  if (!result.success) throw new TypeError(result.issues[0].message);
  return result.output;
}
