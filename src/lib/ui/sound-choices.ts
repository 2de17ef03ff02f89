import { m } from '#lib/paraglide/messages.js';
import { percentText } from './number-text.ts';

/** The kinds of soundtrack, with their names. */
export function kindChoices() {
  return (['both', 'music', 'effects'] as const).map((value) => ({
    value,
    label: m.sound_kinds({ kind: value }),
  }));
}

/** Loudness targets by their purpose; the value is the integrated loudness in LUFS. */
export function loudnessChoices() {
  const targets = [
    ['online', -14],
    ['podcast', -16],
    ['broadcast', -23],
  ] as const;
  return targets.map(([target, value]) => ({
    value,
    label: m.finish_loudnesses({ target }),
  }));
}

/** How far music and effects step back under the original sound, in words. */
export function duckText(duckDb: number): string {
  if (duckDb === 0) return m.original_never();
  const depth = duckDb <= 5 ? 'little' : duckDb <= 11 ? 'clearly' : duckDb <= 17 ? 'far' : 'nearly';
  return m.original_depths({ depth });
}

/** A balance between music (0) and effects (1) in words. */
export function balanceText(balance: number): string {
  const lean = Math.round(Math.abs(balance - 0.5) * 200) / 100;
  if (lean === 0) return m.sound_even();
  const percent = percentText(lean);
  return balance < 0.5 ? m.sound_more_music({ percent }) : m.sound_more_effects({ percent });
}
