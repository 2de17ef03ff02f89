import type { ScenePlace } from '../../evidence/place-of-scene.ts';

/** Things that sound only when somebody uses them. */
const USED = new Set(
  'bottle|wine glass|cup|fork|knife|spoon|bowl|laptop|keyboard|mouse|book|scissors|toothbrush|hair drier|microwave|toaster|umbrella'.split(
    '|',
  ),
);

/** Things that are heard in a picture, although it doesn't show whether they move. */
const HEARD_IN_PICTURES = new Set(['bus', 'train', 'motorcycle']);

/** Whether a thing only sounds when somebody is there to use it. */
export function needsCompany(label: string): boolean {
  return USED.has(label);
}

/** Whether a thing that sounds while it moves is heard in a still picture. */
export function soundsInPicture(label: string): boolean {
  return HEARD_IN_PICTURES.has(label);
}

/** Whether a thing is not heard at a place: cats call their people indoors, and prowl in silence outdoors. */
export function isQuietAt(label: string, { isIndoors }: ScenePlace): boolean {
  return label === 'cat' && !isIndoors;
}
