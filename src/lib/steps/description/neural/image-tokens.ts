/** What a prompt has to say about a picture, by the configuration of the model. */
export interface ImageConfig {
  image_token_index?: number;
  image_token_id?: number;
  vision_config?: { image_size?: number; patch_size?: number };
}

/** SigLIP-so400m, the eye of MoonDream2: 378 pixels in patches of 14, hence 27 × 27 = 729 tokens. */
const IMAGE_PIXELS = 378;
const PATCH_PIXELS = 14;

/** How many tokens a picture takes in the prompt: one for each patch. */
export function imageTokenCount({ vision_config: vision = {} }: ImageConfig): number {
  return Math.floor((vision.image_size ?? IMAGE_PIXELS) / (vision.patch_size ?? PATCH_PIXELS)) ** 2;
}

/**
 * A prompt in which the one token that stands for the picture is repeated for each of its patches, as merging the two wants it.
 * @throws TypeError when the prompt has not exactly one such token.
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

/** The number of features that a refusal to merge tells (“tokens: 1, features 729”); null for other errors. */
export function toldFeatureCount(error: unknown): number | null {
  const [, count] = /features:? (\d+)/.exec((error as Error).message) ?? [];
  return count === undefined ? null : Number(count);
}
