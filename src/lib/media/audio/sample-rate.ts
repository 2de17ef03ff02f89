/** Samples per second and channel of every stem and of the finished mix. */
export const SAMPLE_RATE = 48_000;
