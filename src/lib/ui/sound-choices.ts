import { m } from '#lib/paraglide/messages.js';
import { percentText } from './number-text.ts';

/** The kinds of soundtrack, with their names. */
export function kindChoices() {
  return (['both', 'music', 'effects'] as const).map((value) => ({
    value,
    label: m.sound_kinds({ kind: value }),
  }));
}

/** Loudness targets: their purpose, and their integrated loudness in LUFS. */
export function loudnessChoices() {
  const targets = [
    ['online', -14],
    ['podcast', -16],
    ['broadcast', -23],
  ] as const;
  return targets.map(([target, value]) => ({
    value,
    label: m.finish_loudnesses({ target }),
    note: `−${-value} LUFS`,
  }));
}

/** A balance between music (0) and effects (1) in words. */
export function balanceText(balance: number): string {
  const lean = Math.round(Math.abs(balance - 0.5) * 200) / 100;
  if (lean === 0) return m.sound_even();
  const percent = percentText(lean);
  return balance < 0.5 ? m.sound_more_music({ percent }) : m.sound_more_effects({ percent });
}
