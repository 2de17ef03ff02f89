import type { RgbaImage } from './rgba-image.ts';
import { clamp } from './statistics.ts';

/** The value that the paper's observers called "extremely colourful". */
const EXTREMELY_COLOURFUL = 109;

/**
 * Colourfulness, 0 (grey) … 1 (extremely colourful): metric M3 of Hasler & Süsstrunk, "Measuring colourfulness in
 * natural images" (SPIE 2003), divided by 109.
 */
export function colourfulness({ data, width, height }: RgbaImage): number {
  const count = width * height;
  let sum = 0;
  let squares = 0;
  let sumYellow = 0;
  let squaresYellow = 0;
  for (let i = 0; i < 4 * count; i += 4) {
    const redGreen = data[i]! - data[i + 1]!;
    const yellowBlue = (data[i]! + data[i + 1]!) / 2 - data[i + 2]!;
    sum += redGreen;
    squares += redGreen * redGreen;
    sumYellow += yellowBlue;
    squaresYellow += yellowBlue * yellowBlue;
  }
  const meanRedGreen = sum / count;
  const meanYellowBlue = sumYellow / count;
  const variance = squares / count - meanRedGreen ** 2 + (squaresYellow / count - meanYellowBlue ** 2);
  const metric = Math.sqrt(Math.max(0, variance)) + 0.3 * Math.hypot(meanRedGreen, meanYellowBlue);
  return clamp(metric / EXTREMELY_COLOURFUL, 0, 1);
}
