import { newBlock } from '../dsp/blocks.ts';
import { Reverb, type ReverbShape } from '../dsp/reverb.ts';
import type { Bus } from './channel-strip.ts';

/** The reverbs of the effects: outdoors and a room. */
export const REVERB_SHAPES: Record<'open' | 'room', ReverbShape> = {
  open: { seconds: 1.6, size: 1.3, brightness: 0.35, preDelaySeconds: 0.035 },
  room: { seconds: 0.6, size: 0.4, brightness: 0.55, preDelaySeconds: 0.004 },
};

/**
 * A send bus with a reverb. It is processed from the first block on, also without input, so that the phase of its slow
 * modulation does not depend on when the first sound comes.
 */
export class ReverbBus {
  /** The input of the reverb: channel strips add to it, `addTo` empties it. */
  readonly send: Bus = { left: newBlock(), right: newBlock() };
  readonly #reverb: Reverb;

  constructor(place: 'open' | 'room') {
    this.#reverb = new Reverb(REVERB_SHAPES[place]);
  }

  /** Adds the reverb of the send to the dry bus. */
  addTo(dry: Bus): void {
    const { left, right } = this.send;
    this.#reverb.add(left, right, dry.left, dry.right);
    left.fill(0);
    right.fill(0);
  }
}
