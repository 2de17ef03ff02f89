import * as v from 'valibot';

/** One setting: an environment variable, and a flag of the same name. */
export interface Setting<Schema extends v.GenericSchema<string, unknown>> {
  /** One line of `--help`. */
  help: string;
  schema: Schema;
  defaultValue: string;
}

/** Defines a setting. */
export function setting<Schema extends v.GenericSchema<string, unknown>>(
  help: string,
  schema: Schema,
  defaultValue: string,
): Setting<Schema> {
  return { help, schema, defaultValue };
}

/**
 * Parses the value of a setting.
 * @param text As the user wrote it; undefined for the default.
 * @throws TypeError with a sentence about what is wrong.
 */
export function readSetting<Output>(
  { schema, defaultValue }: Setting<v.GenericSchema<string, Output>>,
  text: string | undefined,
): Output {
  const result = v.safeParse(schema, text ?? defaultValue);
  if (!result.success) throw new TypeError(result.issues[0].message);
  return result.output;
}

/** A whole number. */
export function integer(name: string, min: number, max: number) {
  const sentence = `${name} must be a whole number from ${min} to ${max}.`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, sentence),
    v.transform(Number),
    v.minValue(min, sentence),
    v.maxValue(max, sentence),
  );
}

/** Items separated by spaces or commas. */
export const list = v.pipe(
  v.string(),
  v.transform((text) => text.split(/[\s,]+/).filter(Boolean)),
);

/** A list of origins. */
export function origins(name: string) {
  return v.pipe(
    list,
    v.everyItem(
      isOrigin,
      `${name} must be a list of origins such as "https://app.example.org", without paths or stars.`,
    ),
  );
}

/** One origin, or nothing. @param example Shown in the error. */
export function optionalOrigin(name: string, example: string) {
  return v.pipe(
    v.string(),
    v.check(
      (text) => text === '' || isOrigin(text),
      `${name} must be an origin such as "${example}", without a path.`,
    ),
  );
}

export function onOrOff(name: string) {
  return v.picklist(['on', 'off'], `${name} must be on or off.`);
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
