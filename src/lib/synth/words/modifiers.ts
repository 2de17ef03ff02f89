/** How an adjective or an adverb changes the sound named after it. */
export interface Modifier {
  /** 0 … 1. */
  intensity?: number;
  /** 0 … 1. */
  distance?: number;
  gainDb?: number;
  /** The sound is excluded. */
  isNegative?: boolean;
}

/** Modifiers in English, German and Italian; `*` as in the effect words. */
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
