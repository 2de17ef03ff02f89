import { VideoSampleSink, type InputVideoTrack } from 'mediabunny';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { FfmpegError } from '#lib/ffmpeg/ffmpeg-program.ts';
import { decodeScaled } from '#lib/ffmpeg/scaled-pictures.ts';
import { listKeyTimes } from '#lib/media/container/key-times.ts';
import { openContainer } from '#lib/media/container/open-container.ts';
import { usableTracks } from '#lib/media/container/usable-tracks.ts';
import { PICTURE, PICTURE_NUMBERS, type CutWindows } from '#lib/media/scenes/cut-windows.ts';
import { firstFrom } from '#lib/media/scenes/windows.ts';
import { everySample } from '#lib/media/watch/every-sample.ts';
import { gridToRgb } from '#lib/media/watch/grid-to-rgb.ts';
import { emptyGrid } from '#lib/media/watch/picture-grid.ts';
import { SampleReader } from '#lib/media/watch/read-sample.ts';

/** The network sees every pixel: chroma is averaged as luma is. */
const SIZE = { ...PICTURE, chromaPoints: 3 };
/** How long the index may be read for key frames, which are needed only behind damaged places. */
const INDEX_MILLISECONDS = 2000;
/** Damaged places that are stepped over before the rest is given up. */
const MOST_DAMAGE = 20;

/** The pictures of a film could not be decoded. */
export class PicturesUnreadableError extends Error {
  override name = 'PicturesUnreadableError';
}

/**
 * Shows every picture of a film to a network, decoded by the browser, else by ffmpeg.
 * @param onSeen Called with the time of each picture, seconds on the clock of the source.
 * @throws PicturesUnreadableError when neither can decode it; whatever the network throws.
 */
export async function scoreFilm(
  file: Blob,
  source: SourceOutput,
  windows: CutWindows,
  onSeen: (atSeconds: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (source.readBy === 'mediabunny') {
    using input = openContainer(file);
    const { video } = await usableTracks(input);
    if (video && (await video.canDecode())) await byBrowser(video, windows, onSeen);
  }
  if (windows.count === 0) await byFfmpeg(file, source, windows, onSeen, signal);
  if (windows.count === 0) throw new PicturesUnreadableError('No picture of the film could be decoded.');
}

async function byBrowser(
  video: InputVideoTrack,
  windows: CutWindows,
  onSeen: (atSeconds: number) => void,
): Promise<void> {
  const until = performance.now() + INDEX_MILLISECONDS;
  const keys = await listKeyTimes(video, () => performance.now() > until);
  const reader = new SampleReader(SIZE);
  const grid = emptyGrid(SIZE.columns * SIZE.rows);
  const picture = new Uint8Array(PICTURE_NUMBERS);
  let damages = 0;
  const failures: unknown[] = [];
  await everySample(new VideoSampleSink(video), (seconds) => keys[firstFrom(keys, seconds + 1e-4)] ?? null, {
    async see(sample) {
      const { timestamp } = sample;
      await reader.read(sample, grid).finally(() => sample.close());
      gridToRgb(grid, picture);
      try {
        await windows.add(timestamp, picture);
      } catch (error) {
        // The network has failed, not the decoder.
        failures.push(error);
        return false;
      }
      onSeen(timestamp);
      return true;
    },
    onDamage: () => ++damages <= MOST_DAMAGE,
  });
  if (failures.length > 0) throw failures[0];
}

async function byFfmpeg(
  file: Blob,
  { durationSeconds }: SourceOutput,
  windows: CutWindows,
  onSeen: (atSeconds: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const scale = `scale=${PICTURE.columns}:${PICTURE.rows}:flags=area`;
  const wanted = { scale, format: 'rgb24', bytes: PICTURE_NUMBERS, seconds: durationSeconds ?? 0 };
  try {
    await decodeScaled(
      file,
      wanted,
      {
        async see(atSeconds, picture) {
          await windows.add(atSeconds, picture);
          onSeen(atSeconds);
        },
      },
      signal,
    );
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    throw new PicturesUnreadableError(`No picture of the film could be decoded: ${error.message}`);
  }
}
