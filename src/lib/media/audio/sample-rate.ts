/** Sample rate of all stems and of the finished mix, Hz. */
export const SAMPLE_RATE = 48_000;
