/** A second-order filter, normalised so that a0 is 1. */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** The coefficients that the standard gives, for 48 kHz: the same bits in every JavaScript engine. */
const AT_48_KHZ: readonly [shelf: Biquad, highPass: Biquad] = [
  {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
];

/**
 * The two filters of K-weighting (ITU-R BS.1770-4, Annex 1) at any sample rate: a high shelf for the head, then a
 * highpass. Of rates other than 48 kHz they come from analogue prototypes by the bilinear transform, which give those of
 * the standard at 48 kHz.
 */
export function kWeighting(sampleRate: number): readonly [shelf: Biquad, highPass: Biquad] {
  if (sampleRate === 48_000) return AT_48_KHZ;
  const shelf = prototype(sampleRate, 1681.974450955533, 0.7071752369554196);
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const highPass = prototype(sampleRate, 38.13547087602444, 0.5003270373238773);
  return [
    {
      b0: (high + middle * shelf.kOverQ + shelf.kk) / shelf.a0,
      b1: (2 * (shelf.kk - high)) / shelf.a0,
      b2: (high - middle * shelf.kOverQ + shelf.kk) / shelf.a0,
      a1: shelf.a1,
      a2: shelf.a2,
    },
    { b0: 1, b1: -2, b2: 1, a1: highPass.a1, a2: highPass.a2 },
  ];
}

function prototype(sampleRate: number, hertz: number, q: number) {
  const k = Math.tan((Math.PI * hertz) / sampleRate);
  const kk = k * k;
  const kOverQ = k / q;
  const a0 = 1 + kOverQ + kk;
  return { kk, kOverQ, a0, a1: (2 * (kk - 1)) / a0, a2: (1 - kOverQ + kk) / a0 };
}
