import type { Recording } from './solo.ts';

/** Loudness of each 100 ms hop over windows of 400 ms, in LUFS (ITU-R BS.1770-5, 48 kHz). */
export function momentaryLoudness({ left, right }: Recording): number[] {
  const a = kWeighted(left);
  const b = kWeighted(right);
  const hop = 4800;
  const energies: number[] = [];
  for (let start = 0; start + hop <= a.length; start += hop) {
    let sum = 0;
    for (let i = start; i < start + hop; i++) sum += a[i]! ** 2 + b[i]! ** 2;
    energies.push(sum / hop);
  }
  if (energies.length < 4) return [toLufs(energies.reduce((x, y) => x + y, 0) / 4)];
  return energies
    .slice(3)
    .map((_, k) => toLufs((energies[k]! + energies[k + 1]! + energies[k + 2]! + energies[k + 3]!) / 4));
}

/** Integrated loudness with the two gates of BS.1770, in LUFS; -Infinity for silence. */
export function integratedLoudness(recording: Recording): number {
  const loud = momentaryLoudness(recording).filter((lufs) => lufs > -70);
  const mean = (values: number[]) =>
    10 * Math.log10(values.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0) / values.length);
  if (loud.length === 0) return -Infinity;
  const gate = mean(loud) - 10;
  return mean(loud.filter((lufs) => lufs > gate));
}

function toLufs(energy: number): number {
  return -0.691 + 10 * Math.log10(Math.max(energy, 1e-12));
}

function kWeighted(x: Float32Array): Float64Array {
  const shelf = biquad(
    Float64Array.from(x),
    [1.53512485958697, -2.69169618940638, 1.19839281085285],
    [-1.69065929318241, 0.73248077421585],
  );
  return biquad(shelf, [1, -2, 1], [-1.99004745483398, 0.99007225036621]);
}

function biquad(x: Float64Array, b: [number, number, number], a: [number, number]): Float64Array {
  const y = new Float64Array(x.length);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let i = 0; i < x.length; i++) {
    const now = b[0] * x[i]! + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    x2 = x1;
    x1 = x[i]!;
    y2 = y1;
    y1 = now;
    y[i] = now;
  }
  return y;
}
