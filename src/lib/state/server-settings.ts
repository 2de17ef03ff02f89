import * as v from 'valibot';
import { KindSchema } from '#lib/job/entries/soundtrack.ts';
import { keepStored, readStored, storedText } from './stored-settings.ts';

const KEY = 'immersivaudio-server';

const ServerSettingsSchema = v.object({
  version: v.literal(1),
  /** Origin of the generation server; null takes the one that the app itself comes from. */
  address: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(300))), null),
  /** The secret that it asks for; it stays in this browser's storage and goes to that server only. */
  token: v.optional(v.pipe(v.string(), v.maxLength(300)), ''),
  /** The engine that makes sound; null takes the best that is ready. */
  engine: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(40))), null),
  /** The tracks that it makes; the others are made on this device. */
  tracks: v.optional(KindSchema, 'both'),
  candidates: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)), 1),
  steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 25),
  guidance: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(20)), 3.5),
});

/** How this device uses a generation server. */
export type ServerSettings = v.InferOutput<typeof ServerSettingsSchema>;

/** The stored settings; field by field the default where one can't be read. */
export function readServerSettings(): ServerSettings {
  return readStored(ServerSettingsSchema, storedText(KEY));
}

/** Keeps them; a browser that refuses has them until the page is closed. */
export function keepServerSettings(settings: ServerSettings): void {
  keepStored(KEY, settings);
}
