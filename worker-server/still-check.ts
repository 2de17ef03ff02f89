import sharp from 'sharp';
import type { Still } from '#lib/protocol/job-request.ts';
import { ApiError } from './api-error.ts';

/** A describer looks at crops of 378 pixels, so that more than this helps nobody. */
const MAX_SIDE_PIXELS = 1024;
const MAX_PIXELS = 4 * 1024 * 1024;
const MAX_SECONDS = 5;

// Of all that libvips reads (SVG with links to files among it), only three formats, and only from memory.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.concurrency(1);
sharp.cache(false);

/**
 * Decodes a stranger's picture and packs its pixels anew: a plain JPEG of at most 1024 pixels a side, upright, opaque,
 * without anything that came beside the pixels.
 * @throws ApiError 422 when it is no whole picture of the type that was told, or has more than 4 megapixels.
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
