import { baseLocale, getLocale, locales, overwriteGetLocale, setLocale } from '#lib/paraglide/runtime.js';

/** A language of the interface, as a BCP 47 tag. */
export type Language = (typeof locales)[number];

/** All languages of the interface, the base language first. */
export const LANGUAGES: readonly Language[] = locales;

/** The stored choice, else the browser's preference. One for the whole page, since messages are plain functions. */
const first = firstLanguage();
let chosen: Language = $state(first);

overwriteGetLocale(() => chosen);
if (typeof document !== 'undefined') document.documentElement.lang = first;

/** The present language. Components that read it follow later changes, as every message does. */
export function language(): Language {
  return chosen;
}

/** Changes the language at once, without a reload, and for later visits. */
export function setLanguage(next: Language): void {
  void setLocale(next, { reload: false });
  chosen = next;
  document.documentElement.lang = next;
}

/** The tag for numbers and dates: with the user's region, if the browser reports one for the language. */
export function regionTag(): string {
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages;
  return wanted.find((tag) => tag.split('-')[0]?.toLowerCase() === chosen) ?? chosen;
}

/** Without storage the choice lasts until the page is closed. */
function firstLanguage(): Language {
  try {
    return getLocale();
  } catch {
    return baseLocale;
  }
}
