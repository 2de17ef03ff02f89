/** Forwards progress only when it has grown by 1 %: every call out of a worker is a message. */
export function everyPercent(onProgress: (fraction: number) => void): (fraction: number) => void {
  let last = 0;
  return (fraction) => {
    if (fraction < last + 0.01) return;
    last = fraction;
    onProgress(fraction);
  };
}
