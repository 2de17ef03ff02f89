import type { PictureGrid } from './picture-grid.ts';
import { addSignature, signatureDistance, SIGNATURE_LENGTH } from './picture-signature.ts';

/** How different two pictures are, 0 … 1: see `signatureDistance`. */
export function gridDistance(one: PictureGrid, other: PictureGrid): number {
  const [a, b] = [one, other].map((grid) => {
    const signature = new Float32Array(SIGNATURE_LENGTH);
    addSignature(grid, signature);
    return signature;
  });
  return signatureDistance(a!, b!);
}
