import { BLOCK_FRAMES } from '../../dsp/sample-rate.ts';

/** A block to work in. Rendering is synchronous and single-threaded, so a file may share its own. */
export function scratch(): Float32Array {
  return new Float32Array(BLOCK_FRAMES);
}
