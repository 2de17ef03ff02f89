/** Frames per second of everything the engine makes. */
export const SAMPLE_RATE = 48_000;

/** Frames per block: coefficients and envelopes are updated once per block. */
export const BLOCK_FRAMES = 256;
