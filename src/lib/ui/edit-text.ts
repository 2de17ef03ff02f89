import { m } from '#lib/paraglide/messages.js';
import type { EditName } from '#lib/state/history.svelte.ts';
import { instrumentName, sectionName, soundName, styleName } from './score/names.ts';

type Named<F extends (inputs: never) => string> = Parameters<F>[0];

/** What an edit does, as the end of a sentence: "move Waves". */
export function editText({ does, what }: EditName): string {
  return m.edit_does({ does, what: what === undefined ? '' : thingText(what) }).trim();
}

/** What an edit is about: a lane, a field, a sound, an instrument …; a text of the user stays as it is. */
function thingText(what: string): string {
  const lane = m.lanes_name({ lane: what } as Named<typeof m.lanes_name>);
  if (lane !== 'lanes_name') return lane;
  const field = m.prompts_field({ field: what } as Named<typeof m.prompts_field>);
  if (field !== 'prompts_field') return field;
  const names = {
    score_sound: soundName(what),
    score_instruments: instrumentName(what),
    score_styles: styleName(what),
    score_sections: sectionName(what),
  };
  // A message without a text for it is its own key.
  const known = Object.entries(names).find(([key, name]) => name !== key && name !== '');
  return known?.[1] ?? m.things({ thing: what });
}
