import type { Part } from '#lib/job/score.ts';
import { m } from '#lib/paraglide/messages.js';

type Named<F extends (inputs: never) => string> = Parameters<F>[0];

/** A sound of the score as people call it. */
export function soundName(recipe: string): string {
  return m.score_sound({ recipe } as Named<typeof m.score_sound>);
}

/** An instrument as people call it. */
export function instrumentName(instrument: string): string {
  return m.score_instruments({ instrument } as Named<typeof m.score_instruments>);
}

/** What a part does in the music. */
export function roleName(role: Part['role']): string {
  return m.score_roles({ role });
}

/** A style of music. */
export function styleName(style: string): string {
  return m.score_styles({ style } as Named<typeof m.score_styles>);
}

/** What a section of the form is called. */
export function sectionName(section: string): string {
  return m.score_sections({ section } as Named<typeof m.score_sections>);
}

/** Why a sound is in the plan. */
export function reasonText(because: string): string {
  if (because === 'you') return m.score_because_you();
  if (because === 'mood') return m.score_because_mood();
  return m.score_because({ word: because });
}
