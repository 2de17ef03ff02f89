/** Adds gain × input to the output; the gain may glide from one value to another over the stretch. */
export function addScaled(
  out: Float32Array,
  input: Float32Array,
  gain: number,
  from = 0,
  to = out.length,
  gainTo = gain,
): void {
  let g = gain;
  const step = (gainTo - gain) / Math.max(1, to - from);
  for (let i = from; i < to; i++) {
    out[i] = out[i]! + input[i]! * g;
    g += step;
  }
}

/** `addScaled` for both sides in one loop, each at its own gain. */
export function addPair(
  outLeft: Float32Array,
  outRight: Float32Array,
  left: Float32Array,
  right: Float32Array,
  gainLeft: number,
  gainRight: number,
  from = 0,
  to = outLeft.length,
  gainLeftTo = gainLeft,
  gainRightTo = gainRight,
): void {
  const frames = Math.max(1, to - from);
  const stepLeft = (gainLeftTo - gainLeft) / frames;
  const stepRight = (gainRightTo - gainRight) / frames;
  let l = gainLeft;
  let r = gainRight;
  for (let i = from; i < to; i++) {
    outLeft[i] = outLeft[i]! + left[i]! * l;
    outRight[i] = outRight[i]! + right[i]! * r;
    l += stepLeft;
    r += stepRight;
  }
}

/** `addPair` to an output and, times `amount`, to a send: the input is read once. */
export function addPairAndSend(
  outLeft: Float32Array,
  outRight: Float32Array,
  sendLeft: Float32Array,
  sendRight: Float32Array,
  amount: number,
  left: Float32Array,
  right: Float32Array,
  gainLeft: number,
  gainRight: number,
  from: number,
  to: number,
  gainLeftTo: number,
  gainRightTo: number,
): void {
  const frames = Math.max(1, to - from);
  const stepLeft = (gainLeftTo - gainLeft) / frames;
  const stepRight = (gainRightTo - gainRight) / frames;
  let l = gainLeft;
  let r = gainRight;
  for (let i = from; i < to; i++) {
    const x = left[i]! * l;
    const y = right[i]! * r;
    outLeft[i] = outLeft[i]! + x;
    outRight[i] = outRight[i]! + y;
    sendLeft[i] = sendLeft[i]! + x * amount;
    sendRight[i] = sendRight[i]! + y * amount;
    l += stepLeft;
    r += stepRight;
  }
}

/** Multiplies by a gain that may glide from one value to another over the stretch. */
export function scale(out: Float32Array, gain: number, from = 0, to = out.length, gainTo = gain): void {
  let g = gain;
  const step = (gainTo - gain) / Math.max(1, to - from);
  for (let i = from; i < to; i++) {
    out[i] = out[i]! * g;
    g += step;
  }
}

/** The largest absolute sample. */
export function peak(input: Float32Array, from = 0, to = input.length): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const x = input[i]!;
    const size = x < 0 ? -x : x;
    if (size > largest) largest = size;
  }
  return largest;
}

/** Zeroes what is not a finite number and says how many samples that were: one NaN would mute a whole mix. */
export function guardFinite(out: Float32Array): number {
  // Zero times a number is zero, times anything else it isn't: a sum tells whether to look closer.
  let doubt = 0;
  for (let i = 0; i < out.length; i++) doubt += out[i]! * 0;
  if (doubt === 0) return 0;
  let wrong = 0;
  for (let i = 0; i < out.length; i++) {
    if (Number.isFinite(out[i]!)) continue;
    out[i] = 0;
    wrong++;
  }
  return wrong;
}
