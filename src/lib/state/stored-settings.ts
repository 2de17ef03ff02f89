import * as v from 'valibot';

type Versioned = v.ObjectSchema<
  { readonly version: v.LiteralSchema<number, undefined> } & v.ObjectEntries,
  undefined
>;

/** Stored settings; the default for each field that can't be read. */
export function readStored<Schema extends Versioned>(
  schema: Schema,
  text: string | null,
): v.InferOutput<Schema> {
  const settings = parse(text);
  const kept = Object.entries(schema.entries).filter(
    ([name, field]) => v.safeParse(field, settings[name]).success,
  );
  return v.parse(schema, {
    ...Object.fromEntries(kept.map(([name]) => [name, settings[name]])),
    version: schema.entries.version.literal,
  });
}

/** The localStorage value of a key; null when there is none, it is refused, or the page is being prerendered. */
export function storedText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Stores settings in localStorage; a browser that refuses has them until the page is closed. */
export function keepStored(key: string, settings: object): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Storage is refused or full.
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const settings: unknown = JSON.parse(text ?? '{}');
    return settings && typeof settings === 'object' ? (settings as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
