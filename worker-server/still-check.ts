import sharp from 'sharp';
import type { Still } from '#lib/protocol/job-request.ts';
import { ApiError } from './api-error.ts';

/** The describer uses crops of 378 pixels, so larger pictures bring no benefit. */
const MAX_SIDE_PIXELS = 1024;
const MAX_PIXELS = 4 * 1024 * 1024;
const MAX_SECONDS = 5;

// Blocks all formats of libvips, such as SVG, which can reference files, except three, and only from memory.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.concurrency(1);
sharp.cache(false);

/**
 * Decodes an untrusted picture and re-encodes it: a JPEG of at most 1024 pixels per side, upright, opaque, without
 * metadata.
 * @throws ApiError 422 when it is not a complete picture of the declared type, or has more than 4 megapixels.
 */
export async function toPlainStill(bytes: Uint8Array, mime: Still['mime']): Promise<Uint8Array> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (`image/${format}` !== mime) throw new TypeError(`it is ${format}, not ${mime}`);
    return await picture
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize(MAX_SIDE_PIXELS, MAX_SIDE_PIXELS, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .jpeg({ quality: 90 })
      .toBuffer();
  } catch (error) {
    const why = (error as Error).message.split('\n')[0];
    throw new ApiError(
      422,
      'StillError',
      `The still must be a whole JPEG, PNG or WebP of at most 4 megapixels: ${why}.`,
      { at: 'still' },
    );
  }
}
