const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
const HOPS_PER_BLOCK = 4;

/**
 * Integrated loudness in LUFS (ITU-R BS.1770-4, Annex 1).
 * @param hops Mean squares of consecutive 100 ms of K-weighted sound, summed over the channels. Gating blocks are four
 *   hops, 400 ms with an overlap of 75 %; shorter sound is one block.
 * @returns null when no block is above the absolute gate of -70 LUFS.
 */
export function gatedLoudness(hops: Float64Array): number | null {
  if (hops.length === 0) return null;
  const size = Math.min(HOPS_PER_BLOCK, hops.length);
  const absolute = meanAbove(hops, size, powerOfLufs(ABSOLUTE_GATE_LUFS));
  if (absolute === 0) return null;
  const relative = absolute * 10 ** (RELATIVE_GATE_LU / 10);
  return lufsOfPower(meanAbove(hops, size, Math.max(relative, powerOfLufs(ABSOLUTE_GATE_LUFS))));
}

/** Mean power of the blocks above the gate; 0 when there are none. */
function meanAbove(hops: Float64Array, size: number, gate: number): number {
  let sum = 0;
  let count = 0;
  for (let first = 0; first + size <= hops.length; first++) {
    let power = 0;
    for (let index = first; index < first + size; index++) power += hops[index]!;
    power /= size;
    if (power <= gate) continue;
    sum += power;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function powerOfLufs(lufs: number): number {
  return 10 ** ((lufs + 0.691) / 10);
}

function lufsOfPower(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}
