import { Reverb, type ReverbShape } from '../dsp/reverb.ts';
import { emptyBlock } from './parts/source.ts';
import type { Bus } from './strip.ts';

/** The rooms of the effects: outdoors and between walls. */
export const SPACE_SHAPES: Record<'open' | 'room', ReverbShape> = {
  open: { seconds: 1.6, size: 1.3, brightness: 0.35, preDelaySeconds: 0.035 },
  room: { seconds: 0.6, size: 0.4, brightness: 0.55, preDelaySeconds: 0.004 },
};

/**
 * One of the two places in which sounds stand. It runs from the first block on, heard or not: its slow modulation must
 * not depend on which sound comes first.
 */
export class Space {
  /** Sounds add to this; `addTo` empties it. */
  readonly send: Bus = { left: emptyBlock(), right: emptyBlock() };
  readonly #reverb: Reverb;

  constructor(place: 'open' | 'room') {
    this.#reverb = new Reverb(SPACE_SHAPES[place]);
  }

  addTo(dry: Bus): void {
    const { left, right } = this.send;
    this.#reverb.add(left, right, dry.left, dry.right);
    left.fill(0);
    right.fill(0);
  }
}
