import { baseLocale, getLocale, locales, overwriteGetLocale, setLocale } from '#lib/paraglide/runtime.js';

/** A language of the interface, as a BCP 47 tag. */
export type Language = (typeof locales)[number];

/** All languages of the interface, the one that everything is written in first. */
export const LANGUAGES: readonly Language[] = locales;

/** What was chosen before, else what the browser prefers; one for the whole page, since messages are plain functions. */
const first = firstLanguage();
let chosen: Language = $state(first);

overwriteGetLocale(() => chosen);
if (typeof document !== 'undefined') document.documentElement.lang = first;

/** The language that is shown now. What reads it in a component follows a later choice, as every message does. */
export function language(): Language {
  return chosen;
}

/** Shows another language at once, without a reload, and on every later visit. */
export function setLanguage(next: Language): void {
  void setLocale(next, { reload: false });
  chosen = next;
  document.documentElement.lang = next;
}

/** The tag that numbers and dates are written by: the user's own region of the language, where the browser tells one. */
export function regionTag(): string {
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages;
  return wanted.find((tag) => tag.split('-')[0]?.toLowerCase() === chosen) ?? chosen;
}

/** Storage may be closed to the page; then the page speaks, but forgets. */
function firstLanguage(): Language {
  try {
    return getLocale();
  } catch {
    return baseLocale;
  }
}
