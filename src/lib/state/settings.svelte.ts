import * as v from 'valibot';
import type { Options } from '#lib/job/options.ts';
import { MixOptionsSchema } from '#lib/job/entries/mix.ts';
import { FilmOptionsSchema } from '#lib/job/entries/film.ts';
import { KindSchema } from '#lib/job/entries/soundtrack.ts';
import { keepStored, readStored, storedText } from './stored-settings.ts';

/** Where the settings lie in localStorage; `static/first-sight.js` reads the theme from there before anything is painted. */
const KEY = 'immersivaudio-settings';

const SettingsSchema = v.object({
  version: v.literal(1),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** What a new project begins with. */
  kind: v.optional(KindSchema, 'both'),
  balance: MixOptionsSchema.entries.balance,
  loudnessLufs: MixOptionsSchema.entries.loudnessLufs,
  container: FilmOptionsSchema.entries.container,
  /** Hints that were read or skipped; they don't come again. */
  hintsSeen: v.optional(v.array(v.pipe(v.string(), v.maxLength(40))), []),
});

/** What the user wishes for this app on this device. */
export type SettingsValues = v.InferOutput<typeof SettingsSchema>;

/** The settings of this device. Every change is kept at once; what can't be read is as if it had never been set. */
export class Settings {
  #values: SettingsValues = $state.raw(readSettings(storedText(KEY)));

  get values(): Readonly<SettingsValues> {
    return this.#values;
  }

  /** Changes some of them. */
  change(values: Partial<Omit<SettingsValues, 'version'>>): void {
    this.#values = { ...this.#values, ...values };
    keepStored(KEY, this.#values);
  }

  /** Everything as on the first day. */
  reset(): void {
    this.change(readSettings(null));
  }

  /** Whether a hint was not seen yet. */
  wants(hint: string): boolean {
    return !this.#values.hintsSeen.includes(hint);
  }

  /** Notes that a hint was seen. */
  see(hint: string): void {
    if (this.wants(hint)) this.change({ hintsSeen: [...this.#values.hintsSeen, hint] });
  }

  /** Options for a new project, with what the user prefers. */
  prefer(options: Options): Options {
    const { kind, balance, loudnessLufs, container } = this.#values;
    const all = {
      ...options.all,
      soundtrack: { ...options.all.soundtrack, kind },
      mix: { ...options.all.mix, balance, loudnessLufs },
      film: { ...options.all.film, container },
    };
    return { ...options, all };
  }
}

/** Stored settings; field by field the default where one can't be read. */
export function readSettings(text: string | null): SettingsValues {
  return readStored(SettingsSchema, text);
}
