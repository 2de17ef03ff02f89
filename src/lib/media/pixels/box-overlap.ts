/** A box by its top left corner and its size, all in the same unit. */
type PlacedBox = Record<'x' | 'y' | 'width' | 'height', number>;

/** Intersection over union of two boxes, 0 … 1. */
export function boxOverlap(one: PlacedBox, other: PlacedBox): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (one.width * one.height + other.width * other.height - shared);
}
