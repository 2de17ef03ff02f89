/** Sample rate of every stem and of the finished mix, Hz. */
export const SAMPLE_RATE = 48_000;
