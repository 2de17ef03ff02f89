import type { SourceOutput } from '#lib/job/entries/source.ts';
import { inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { runFfmpeg } from '#lib/ffmpeg/run-ffmpeg.ts';
import { FramesError } from './frame-request.ts';

/** Draws a picture file upright in a size. @throws FramesError when it can't be decoded. */
export async function drawPicture(
  file: Blob,
  readBy: SourceOutput['readBy'],
  [width, height]: readonly [number, number],
  signal: AbortSignal,
): Promise<OffscreenCanvas> {
  const decodable = readBy === 'ffmpeg' ? await toPng(file, signal) : file;
  const bitmap = await createImageBitmap(decodable, { imageOrientation: 'from-image' }).catch(() => {
    throw new FramesError('The picture could be opened before, but this browser can no longer decode it.');
  });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = 'white'; // JPEG has no transparency.
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
  }
  bitmap.close();
  return canvas;
}

async function toPng(file: Blob, signal: AbortSignal): Promise<Blob> {
  const name = 'picture.png';
  const { outputs } = await runFfmpeg({
    args: ['-i', inputPath('file'), '-frames:v', '1', name],
    inputs: new Map([['file', file]]),
    outputs: [name],
    signal,
  });
  const png = outputs.get(name);
  if (!png) throw new FramesError('The picture could be opened before, but ffmpeg can no longer decode it.');
  return new Blob([png]);
}
