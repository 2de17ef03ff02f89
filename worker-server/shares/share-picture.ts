import sharp from 'sharp';
import { toPlainStill } from '../still-check.ts';

/** The size that Open Graph images usually have, pixels. */
const CARD = { width: 1200, height: 630 };
const INK = [10, 23, 27];
const LAMP = [245, 167, 108];

/** Re-encodes an uploaded poster and crops it to a card for link previews; both are JPEG. @throws ApiError 422 */
export async function posterAndCard(poster: Uint8Array): Promise<{ poster: Uint8Array; card: Uint8Array }> {
  const plain = await toPlainStill(poster, 'image/jpeg');
  const card = await sharp(plain)
    .resize({ ...CARD, fit: 'cover' })
    .jpeg({ quality: 84 })
    .toBuffer();
  return { poster: plain, card };
}

/** Draws the waveform as a card for link previews of links without a picture. Peaks are 0 … 255. */
export async function peaksCard(peaks: readonly number[]): Promise<Uint8Array> {
  const { width, height } = CARD;
  const pixels = Buffer.alloc(width * height * 3);
  const bars = Math.min(peaks.length, 120) || 1;
  const barWidth = (width * 0.84) / bars;
  const left = width * 0.08;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bar = Math.floor((x - left) / barWidth);
      const isGap = ((x - left) / barWidth) % 1 > 0.62;
      const peak = peaks[Math.floor((bar * peaks.length) / bars)] ?? 0;
      const reach = Math.max(4, (peak / 255) * height * 0.34);
      const isBar = bar >= 0 && bar < bars && !isGap && Math.abs(y - height / 2) < reach;
      pixels.set(isBar ? LAMP : INK, (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 84 })
    .toBuffer();
}
