/** Incremented whenever the synthesiser renders the same score to other samples. */
export const SYNTH_VERSION = 4;
