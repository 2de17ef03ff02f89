import * as v from 'valibot';

const KEY = 'immersivaudio-server';

/** From the version number of stored settings to the function that brings them one number further. */
const MIGRATIONS: Partial<Record<number, (settings: object) => object>> = {};

const ServerSettingsSchema = v.object({
  version: v.literal(1),
  /** Origin of the generation server; null takes the one that the app itself comes from. */
  address: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  /** The secret that it asks for; it stays in this browser's storage and goes to that server only. */
  token: v.optional(v.pipe(v.string(), v.maxLength(300)), ''),
  /** The engine that makes sound; null takes the best that is ready. */
  engine: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
  candidates: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)), 1),
  steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 25),
  guidance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(20)), 3.5),
});

/** How this device uses a generation server. */
export type ServerSettings = v.InferOutput<typeof ServerSettingsSchema>;

/** The stored settings brought up to date; field by field the default where one can't be read. */
export function readServerSettings(text: string | null = localStorage.getItem(KEY)): ServerSettings {
  let settings = parse(text);
  for (let migrate; (migrate = MIGRATIONS[Number(settings['version'])]);) {
    settings = migrate(settings) as Record<string, unknown>;
  }
  const kept = Object.entries(ServerSettingsSchema.entries).filter(
    ([name, schema]) => v.safeParse(schema, settings[name]).success,
  );
  return v.parse(ServerSettingsSchema, {
    ...Object.fromEntries(kept.map(([name]) => [name, settings[name]])),
    version: 1,
  });
}

/** Keeps them; a browser that refuses has them until the page is closed. */
export function keepServerSettings(settings: ServerSettings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
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
