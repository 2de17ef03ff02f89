/** Counts up whenever the synthesiser plays the same score with other samples. */
export const SYNTH_VERSION = 4;
