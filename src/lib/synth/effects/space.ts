import { peak } from '../dsp/blocks.ts';
import { Reverb, type ReverbShape } from '../dsp/reverb.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { emptyBlock } from './parts/source.ts';
import type { Bus } from './strip.ts';

const SHAPES: Record<'open' | 'room', ReverbShape> = {
  open: { seconds: 1.6, size: 1.3, brightness: 0.35, preDelaySeconds: 0.035 },
  room: { seconds: 0.6, size: 0.4, brightness: 0.55, preDelaySeconds: 0.004 },
};

/** A reverberation that works only while something is sent to it or still rings. */
export class Space {
  /** Sounds add to this; `addTo` empties it. */
  readonly send: Bus = { left: emptyBlock(), right: emptyBlock() };
  readonly #shape: ReverbShape;
  #reverb: Reverb | null = null;
  #ringsFrames = 0;

  constructor(place: 'open' | 'room') {
    this.#shape = SHAPES[place];
  }

  addTo(dry: Bus): void {
    const { left, right } = this.send;
    if (Math.max(peak(left), peak(right)) > 1e-6) {
      this.#ringsFrames = this.#shape.seconds * 1.5 * SAMPLE_RATE;
    }
    if (this.#ringsFrames <= 0) return;
    this.#ringsFrames -= BLOCK_FRAMES;
    this.#reverb ??= new Reverb(this.#shape);
    this.#reverb.add(left, right, dry.left, dry.right);
    left.fill(0);
    right.fill(0);
  }
}
