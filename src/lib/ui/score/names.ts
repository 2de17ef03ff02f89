import type { Layer, Part } from '#lib/job/score.ts';
import { m } from '#lib/paraglide/messages.js';

type Named<F extends (inputs: never) => string> = Parameters<F>[0];

/** The name of a sound. */
export function soundName(recipe: string): string {
  return m.score_sound({ recipe } as Named<typeof m.score_sound>);
}

/** The name of an instrument. */
export function instrumentName(instrument: string): string {
  return m.score_instruments({ instrument } as Named<typeof m.score_instruments>);
}

/** The role of a part in the music. */
export function roleName(role: Part['role']): string {
  return m.score_roles({ role });
}

/** The name of a style. */
export function styleName(style: string): string {
  return m.score_styles({ style } as Named<typeof m.score_styles>);
}

/** The name of a section. */
export function sectionName(section: string): string {
  return m.score_sections({ section } as Named<typeof m.score_sections>);
}

/** Why a sound is in the plan: what the user did or wrote, or what is seen. */
export function reasonText({ because, from }: Pick<Layer, 'because' | 'from'>): string {
  if (because === 'you') return m.score_because_you();
  if (because === 'mood') return m.score_because_mood();
  return from === 'picture'
    ? m.score_because_seen({ what: m.things({ thing: because }) })
    : m.score_because({ word: because });
}
