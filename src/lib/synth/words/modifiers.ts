/** How a word before a thing changes it. */
export interface Modifier {
  intensity?: number;
  distance?: number;
  gainDb?: number;
  /** The thing is not wanted. */
  isNegative?: boolean;
}

/** Words that change the next thing named: English, German, Italian. `*` as in the effect words. */
export const MODIFIERS: readonly (readonly [words: string, modifier: Modifier])[] = [
  [
    'no, not, without, never, don t, doesn t, isn t, free of, avoid, kein, keine, keinen, keiner, ohne, nicht, nie, senza, nessun, nessuna, nessuno, non, niente, mai',
    { isNegative: true },
  ],
  [
    'heavy, strong, big, huge, violent, intense, massive, powerful, stark*, heftig*, gross*, riesig*, kraftig*, forte, forti, grande, grandi, intens*, violent*, wild, fierce, raging, howling, busy, crowded',
    { intensity: 0.95 },
  ],
  [
    'light, gentle, soft, small, slight, calm, little, tiny, delicate, leicht*, sanft*, klein*, ruhig*, zart*, leggero, leggera, leggeri, dolce, piccol*, calmo, calma, tranquill*, slow',
    { intensity: 0.2 },
  ],
  ['distant, far, faraway, remote, entfernt*, fern, ferne, fernes, weit, lontan*, away', { distance: 0.7 }],
  ['near, close, nearby, nah, nahe, naher, vicin*', { distance: 0.05 }],
  ['loud, noisy, laut, laute, lautes, rumoros*, fragoros*', { gainDb: 4 }],
  [
    'quiet, faint, muffled, subtle, leise, leiser, leises, gedampft*, silenzios*, sommess*, tenue, background',
    { gainDb: -6, intensity: 0.3 },
  ],
];
