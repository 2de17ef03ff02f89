import type { Facts } from '#lib/job/facts.ts';

/** Puts facts into one sentence. */
export type Describe = (facts: Facts) => string;

/** The languages that have phrases, each loaded when it is wanted. */
export const PHRASES: Readonly<Record<'en' | 'de' | 'it', () => Promise<{ describe: Describe }>>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  it: () => import('./it.ts'),
};
