/** Frames per second of everything the engine makes. */
export const SAMPLE_RATE = 48_000;

/** Frames per block: coefficients and envelopes are updated once per block. */
export const BLOCK_FRAMES = 256;

/** Duration of a block, 5.3 ms. */
export const BLOCK_SECONDS = BLOCK_FRAMES / SAMPLE_RATE;
