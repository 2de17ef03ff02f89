import type { VideoSample } from 'mediabunny';
import type { PictureGrid } from './picture-grid.ts';
import { GridSampler, type GridSize } from './sample-grid.ts';

/** Size of the copy that is drawn where pixels can't be copied, such as those of some hardware decoders. */
const DRAWN_WIDTH = 192;
const DRAWN_HEIGHT = 108;

/** Reads decoded pictures into a grid, one at a time. The buffer is used again and again. */
export class SampleReader {
  #sampler: GridSampler;
  #bytes = new Uint8Array();
  #context: OffscreenCanvasRenderingContext2D | null = null;
  #isDrawing = false;

  /** @param size By default the grid of `emptyGrid()`. */
  constructor(size?: GridSize) {
    this.#sampler = new GridSampler(size);
  }

  async read(sample: VideoSample, grid: PictureGrid): Promise<void> {
    if (!this.#isDrawing && sample.format !== null) {
      try {
        await this.#copy(sample, sample.format, grid);
        return;
      } catch {
        this.#isDrawing = true;
      }
    }
    this.#draw(sample, grid);
  }

  async #copy(sample: VideoSample, format: string, grid: PictureGrid): Promise<void> {
    const needed = sample.allocationSize();
    if (this.#bytes.length < needed) this.#bytes = new Uint8Array(needed);
    const planes = await sample.copyTo(this.#bytes);
    const { width, height } = sample.visibleRect;
    const { rotation, flip } = sample;
    const isFullRange = sample.colorSpace.fullRange ?? false;
    this.#sampler.sample(this.#bytes, { format, width, height, planes, rotation, flip, isFullRange }, grid);
  }

  #draw(sample: VideoSample, grid: PictureGrid): void {
    this.#context ??= new OffscreenCanvas(DRAWN_WIDTH, DRAWN_HEIGHT).getContext('2d', {
      willReadFrequently: true,
    })!;
    sample.draw(this.#context, 0, 0, DRAWN_WIDTH, DRAWN_HEIGHT);
    const { data } = this.#context.getImageData(0, 0, DRAWN_WIDTH, DRAWN_HEIGHT);
    const size = { width: DRAWN_WIDTH, height: DRAWN_HEIGHT };
    const planes = [{ offset: 0, stride: 4 * DRAWN_WIDTH }];
    this.#sampler.sample(
      new Uint8Array(data.buffer),
      { format: 'RGBA', ...size, planes, rotation: 0, flip: false, isFullRange: true },
      grid,
    );
  }
}
