import * as v from 'valibot';

/** The name of a blob: the algorithm and the hexadecimal digest of its content. */
export const BlobNameSchema = v.pipe(
  v.string(),
  v.regex(/^(sha256-[0-9a-f]{64}|md5-[0-9a-f]{32})$/, 'A blob name is sha256-… or md5-… and a hex digest.'),
);
export type BlobName = v.InferOutput<typeof BlobNameSchema>;
