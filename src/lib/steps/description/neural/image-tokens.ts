/** The parts of a model's configuration that concern pictures. */
export interface ImageConfig {
  image_token_index?: number;
  image_token_id?: number;
  vision_config?: { image_size?: number; patch_size?: number };
}

/** SigLIP-so400m, the vision encoder of MoonDream2: 378 pixels in patches of 14, hence 27 × 27 = 729 tokens. */
const IMAGE_PIXELS = 378;
const PATCH_PIXELS = 14;

/** Number of tokens of a picture in the prompt: one for each patch. */
export function imageTokenCount({ vision_config: vision = {} }: ImageConfig): number {
  return Math.floor((vision.image_size ?? IMAGE_PIXELS) / (vision.patch_size ?? PATCH_PIXELS)) ** 2;
}

/**
 * A prompt whose image token is repeated for each patch, as the merge with the image features requires.
 * @throws TypeError when the prompt does not have exactly one image token.
 */
export function expandImageToken(ids: readonly bigint[], imageToken: number, count: number): bigint[] {
  const places = ids.filter((id) => id === BigInt(imageToken)).length;
  if (places !== 1) {
    throw new TypeError(
      `A prompt with one token ${imageToken} for the picture was wanted; this one has ${places}.`,
    );
  }
  return ids.flatMap((id) => (id === BigInt(imageToken) ? Array<bigint>(count).fill(id) : [id]));
}

/** The number of features in the library's error message (“tokens: 1, features 729”); null for other errors. */
export function featureCountIn(error: unknown): number | null {
  const [, count] = /features:? (\d+)/.exec((error as Error).message) ?? [];
  return count === undefined ? null : Number(count);
}
