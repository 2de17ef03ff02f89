import type { Box } from '#lib/job/entries/objects.ts';
import { m } from '#lib/paraglide/messages.js';
import { language } from '../language.svelte.ts';

/** The things in boxes, each kind once, as a list in the user's language; empty without boxes. */
export function thingsText(boxes: readonly Box[]): string {
  const kinds = new Set(boxes.map(({ label }) => m.things({ thing: label })));
  return new Intl.ListFormat(language(), { type: 'unit' }).format(kinds);
}
