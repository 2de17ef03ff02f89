/** Passes progress on only when it moved by a hundredth: every word out of a worker is a message. */
export function everyPercent(onProgress: (fraction: number) => void): (fraction: number) => void {
  let told = 0;
  return (fraction) => {
    if (fraction < told + 0.01) return;
    told = fraction;
    onProgress(fraction);
  };
}
