import { regionTag } from '../language.svelte.ts';

/** A date: `21 December 2026`. */
export function dateText(isoTime: string): string {
  return new Intl.DateTimeFormat(regionTag(), { dateStyle: 'medium' }).format(new Date(isoTime));
}
