import type { MusicPlan } from '#lib/job/score.ts';
import type { Note } from './note.ts';
import type { Style } from './style.ts';
import { parsePitch } from './theory/pitch.ts';

/** A note of one of the transition instruments. */
export interface Accent extends Note {
  instrument: string;
}

/** Whether a cut begins a section. */
function isStrong(plan: MusicPlan, seconds: number): boolean {
  return plan.sections.some((section) => Math.abs(section.startSeconds - seconds) < 0.03);
}

/**
 * The accents on the cuts: a hit, a cymbal or a chime exactly on each, and before strong ones a riser or a swell that
 * ends there. Lead-ins have a minimum distance, so that frequent cuts do not become one long riser.
 */
export function planAccents(plan: MusicPlan, style: Style, durationSeconds: number): Accent[] {
  const tonic = 36 + (parsePitch(plan.key) ?? 0);
  const accents: Accent[] = [];
  let lastLead = -10;
  const add = (
    instrument: string,
    atSeconds: number,
    velocity: number,
    durationSeconds = 3,
    midi = tonic,
  ): void => {
    accents.push({ instrument, atSeconds, velocity, durationSeconds, midi });
  };
  const lead = (instrument: string, at: number, longest: number, gap: number, velocity: number): void => {
    const length = Math.min(longest, at);
    if (at - lastLead < gap || length < 0.4) return;
    add(instrument, at - length, velocity, length, instrument === 'riser' ? tonic + 12 : tonic);
    lastLead = at;
  };
  for (const at of plan.accentsSeconds) {
    if (at >= durationSeconds - 0.05) continue;
    const strong = isStrong(plan, at);
    switch (style.accent) {
      case 'boom':
        add('boom', at, strong ? 0.95 : 0.6);
        add(strong ? 'crash' : 'soft crash', at, strong ? 0.7 : 0.55);
        if (strong) {
          add('braam', at, 0.55);
          lead('riser', at, 2.2, 5, 0.6);
        }
        break;
      case 'crash':
        add(strong ? 'crash' : 'soft crash', at, strong ? 0.8 : 0.65);
        add('boom', at, strong ? 0.5 : 0.3);
        if (strong) lead('swell', at, 1.1, 3, 0.75);
        break;
      case 'chime':
        [24, 31, 36].forEach((interval, k) =>
          add('celesta', at + k * 0.045, strong ? 0.7 : 0.55, 2, tonic + 12 + interval),
        );
        if (strong) lead('swell', at, 1.2, 3, 0.45);
        break;
      case 'swell':
        add('soft crash', at, strong ? 0.7 : 0.5);
        [24, 31].forEach((interval, k) =>
          add('bell', at + k * 0.03, strong ? 0.52 : 0.36, 3, tonic + interval),
        );
        if (strong) lead('swell', at, 2.4, 4, 0.6);
        break;
      case 'soft':
        add('soft crash', at, strong ? 0.8 : 0.6);
        add('boom', at, strong ? 0.35 : 0.22);
        break;
    }
  }
  return accents;
}
