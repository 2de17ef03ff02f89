import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';

/** Resonances of the body of an instrument: frequency, Q factor, linear gain. */
export type Resonances = readonly (readonly [hertz: number, quality: number, gain: number])[];

/** The body of an instrument: bandpasses in parallel, for one tone. */
export class Body {
  readonly #filters: readonly { filter: StateVariableFilter; gain: number }[];

  constructor(resonances: Resonances) {
    this.#filters = resonances.map(([hertz, quality, gain]) => ({
      filter: new StateVariableFilter(hertz, quality),
      gain,
    }));
  }

  /** Adds the resonances of a block of input to the output. */
  add(input: Float32Array, out: Float32Array): void {
    for (const { filter, gain } of this.#filters) filter.addBandpass(input, out, gain);
  }
}
