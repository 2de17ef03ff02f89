import * as v from 'valibot';
import { KindSchema } from '#lib/job/entries/soundtrack.ts';
import { keepStored, readStored, storedText } from './stored-settings.ts';

const KEY = 'immersivaudio-server';

const ServerSettingsSchema = v.object({
  version: v.literal(1),
  /** Origin of the generation server; null means the origin of the app. */
  address: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  /** The server's token; it stays in this browser's storage and is sent to that server only. */
  token: v.optional(v.pipe(v.string(), v.maxLength(300)), ''),
  /** The engine for sound; null means the best that is ready. */
  engine: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
  /** The tracks that it makes; this device makes the others. */
  tracks: v.optional(KindSchema, 'both'),
  candidates: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)), 1),
  steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 25),
  guidance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(20)), 3.5),
});

/** How this device uses a generation server. */
export type ServerSettings = v.InferOutput<typeof ServerSettingsSchema>;

/** The stored settings; the default for each field that can't be read. */
export function readServerSettings(): ServerSettings {
  return readStored(ServerSettingsSchema, storedText(KEY));
}

/** Stores the settings; a browser that refuses has them until the page is closed. */
export function keepServerSettings(settings: ServerSettings): void {
  keepStored(KEY, settings);
}
