import * as v from 'valibot';
import type { Options } from '#lib/job/options.ts';
import { MixOptionsSchema } from '#lib/job/entries/mix.ts';
import { FilmOptionsSchema } from '#lib/job/entries/film.ts';
import { KindSchema } from '#lib/job/entries/soundtrack.ts';
import { keepStored, readStored, storedText } from './stored-settings.ts';

/** The key in localStorage; `static/first-sight.js` reads the theme from there before the first paint. */
const KEY = 'immersivaudio-settings';

const SettingsSchema = v.object({
  version: v.literal(1),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Defaults of new projects. */
  kind: v.optional(KindSchema, 'both'),
  balance: MixOptionsSchema.entries.balance,
  loudnessLufs: MixOptionsSchema.entries.loudnessLufs,
  container: FilmOptionsSchema.entries.container,
  /** How loud this device plays, 0 … 1. */
  volume: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), 1),
  /** Whether single letters and signs are keyboard shortcuts. */
  hasLetterKeys: v.optional(v.boolean(), true),
  /** Hints that were read or skipped; they are not shown again. */
  hintsSeen: v.optional(v.array(v.pipe(v.string(), v.maxLength(40))), []),
});

/** The settings of the app on this device. */
export type SettingsValues = v.InferOutput<typeof SettingsSchema>;

/** The settings of this device. Every change is stored at once; unreadable fields have their defaults. */
export class Settings {
  #values: SettingsValues = $state.raw(readSettings(storedText(KEY)));

  get values(): Readonly<SettingsValues> {
    return this.#values;
  }

  /** Changes some settings. */
  change(values: Partial<Omit<SettingsValues, 'version'>>): void {
    this.#values = { ...this.#values, ...values };
    keepStored(KEY, this.#values);
  }

  /** Resets everything to the defaults. */
  reset(): void {
    this.change(readSettings(null));
  }

  /** Whether a hint has not been seen yet. */
  wants(hint: string): boolean {
    return !this.#values.hintsSeen.includes(hint);
  }

  /** Marks a hint as seen. */
  see(hint: string): void {
    if (this.wants(hint)) this.change({ hintsSeen: [...this.#values.hintsSeen, hint] });
  }

  /** Options of a new project, with the user's defaults. */
  applyTo(options: Options): Options {
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

/** Stored settings; the default for each field that can't be read. */
export function readSettings(text: string | null): SettingsValues {
  return readStored(SettingsSchema, text);
}
