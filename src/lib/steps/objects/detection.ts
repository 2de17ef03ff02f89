/** One found object in pixels of the model's input, before the letterbox is undone. */
export interface Detection {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** 0 … 1. */
  score: number;
  /** Index into the model's list of classes. */
  classIndex: number;
  /** The next best class in the same place, if there is another one at all. */
  rival?: { classIndex: number; score: number };
}

/** Intersection over union of two boxes, 0 … 1. */
export function overlap(a: Detection, b: Detection): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

/**
 * Non-maximum suppression within each class: of boxes that overlap more than `iou`, the one with the highest score
 * stays.
 * @returns At most `most` detections, the highest score first.
 */
export function suppress(detections: readonly Detection[], iou = 0.5, most = 300): Detection[] {
  const kept: Detection[] = [];
  for (const candidate of detections.toSorted((a, b) => b.score - a.score)) {
    const isHidden = kept.some(
      (better) => better.classIndex === candidate.classIndex && overlap(better, candidate) > iou,
    );
    if (!isHidden) kept.push(candidate);
    if (kept.length === most) break;
  }
  return kept;
}

/**
 * Suppression between classes: of boxes that are nearly the same, the one with the highest score stays, since a thing is
 * either a dog or a cat.
 */
export function suppressTwins(detections: readonly Detection[], iou = 0.75): Detection[] {
  const sure = detections.toSorted((a, b) => b.score - a.score);
  return sure.filter(
    (candidate, at) => !sure.slice(0, at).some((better) => overlap(better, candidate) > iou),
  );
}

function area(box: Detection): number {
  return (box.right - box.left) * (box.bottom - box.top);
}
