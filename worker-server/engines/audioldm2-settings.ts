import * as v from 'valibot';
import { setting } from '../setting.ts';

const DTYPES = ['auto', 'float16', 'bfloat16', 'float32'] as const;

/** Settings of the GPU engine. */
export const AUDIOLDM2_SETTINGS = {
  AUDIOLDM2_MODEL: setting(
    'weights for sound: owner/name, owner/name@commit or a folder',
    v.string(),
    'cvssp/audioldm2',
  ),
  AUDIOLDM2_MUSIC_MODEL: setting('other weights for music; without it, the same', v.string(), ''),
  DESCRIBER_MODEL: setting('weights for descriptions, or none', v.string(), 'vikhyatk/moondream2'),
  AUDIOLDM2_DEVICE: setting(
    'auto, cpu, mps, cuda or cuda:1',
    v.pipe(
      v.string(),
      v.regex(/^(auto|cpu|mps|cuda(:\d+)?)$/, 'AUDIOLDM2_DEVICE must be auto, cpu, mps or cuda.'),
    ),
    'auto',
  ),
  AUDIOLDM2_DTYPE: setting(
    'numbers of the denoising network; auto takes float16 on CUDA',
    v.picklist(DTYPES, `AUDIOLDM2_DTYPE must be one of ${DTYPES.join(', ')}.`),
    'auto',
  ),
  AUDIOLDM2_COMPILE: setting(
    '1 compiles the denoising network, on CUDA only',
    v.picklist(['0', '1'], 'AUDIOLDM2_COMPILE must be 0 or 1.'),
    '0',
  ),
  UV: setting('where uv is, when it is not on the path', v.string(), 'uv'),
};
