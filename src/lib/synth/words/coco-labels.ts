/** What a detected object sounds like. */
export interface LabelRule {
  /** An ambience while it is seen. */
  ambience?: string;
  /** A one-shot. */
  oneShot?: string;
  /**
   * When it sounds: while visible; only while it moves; once, at its entry; now and then; at sudden turns of its path;
   * or as it crosses the picture. Without a word it is silent and only hints at a place.
   */
  how: 'visible' | 'moving' | 'once' | 'sometimes' | 'hits' | 'crossing' | 'silent';
  /** Level against the other sounds, decibels. */
  gainDb: number;
  hint?: 'indoors' | 'outdoors' | 'city' | 'nature' | 'water' | 'meal';
}

const silent = (hint?: LabelRule['hint']): LabelRule => ({
  how: 'silent',
  gainDb: 0,
  ...(hint ? { hint } : {}),
});

/** The 80 labels of COCO, in its order. */
export const COCO_LABELS: Readonly<Record<string, LabelRule>> = {
  person: { ambience: 'footsteps', how: 'moving', gainDb: -9 },
  bicycle: { ambience: 'bicycle', oneShot: 'bicycle-bell', how: 'moving', gainDb: -7, hint: 'outdoors' },
  car: { oneShot: 'car-pass', how: 'crossing', gainDb: -2, hint: 'city' },
  motorcycle: { ambience: 'motorcycle', how: 'moving', gainDb: -4, hint: 'outdoors' },
  airplane: { oneShot: 'plane', how: 'once', gainDb: -3, hint: 'outdoors' },
  bus: { ambience: 'engine', oneShot: 'air-brake', how: 'moving', gainDb: -4, hint: 'city' },
  train: { ambience: 'train', oneShot: 'train-horn', how: 'moving', gainDb: -3, hint: 'outdoors' },
  truck: { oneShot: 'truck-pass', how: 'crossing', gainDb: -2, hint: 'city' },
  boat: { ambience: 'boat', how: 'visible', gainDb: -6, hint: 'water' },
  'traffic light': silent('city'),
  'fire hydrant': silent('city'),
  'stop sign': silent('city'),
  'parking meter': silent('city'),
  bench: silent('outdoors'),
  bird: { ambience: 'birds', how: 'visible', gainDb: -5, hint: 'nature' },
  cat: { oneShot: 'cat', how: 'once', gainDb: -8 },
  dog: { oneShot: 'dog', how: 'sometimes', gainDb: -3 },
  horse: { ambience: 'hooves', oneShot: 'horse', how: 'moving', gainDb: -4, hint: 'nature' },
  sheep: { oneShot: 'sheep', how: 'sometimes', gainDb: -5, hint: 'nature' },
  cow: { oneShot: 'cow', how: 'sometimes', gainDb: -5, hint: 'nature' },
  elephant: { oneShot: 'elephant', how: 'once', gainDb: -4, hint: 'nature' },
  bear: { oneShot: 'bear', how: 'once', gainDb: -4, hint: 'nature' },
  zebra: { ambience: 'hooves', how: 'moving', gainDb: -7, hint: 'nature' },
  giraffe: silent('nature'),
  backpack: silent(),
  umbrella: { ambience: 'rain', how: 'visible', gainDb: -4, hint: 'outdoors' },
  handbag: silent(),
  tie: silent(),
  suitcase: { ambience: 'rolling', how: 'moving', gainDb: -9 },
  frisbee: { oneShot: 'whoosh', how: 'hits', gainDb: -7, hint: 'outdoors' },
  skis: { ambience: 'snow-swish', how: 'moving', gainDb: -5, hint: 'outdoors' },
  snowboard: { ambience: 'snow-swish', how: 'moving', gainDb: -4, hint: 'outdoors' },
  'sports ball': { oneShot: 'kick', how: 'hits', gainDb: -4 },
  kite: { ambience: 'flutter', how: 'visible', gainDb: -8, hint: 'outdoors' },
  'baseball bat': { oneShot: 'bat', how: 'hits', gainDb: -4, hint: 'outdoors' },
  'baseball glove': { oneShot: 'smack', how: 'hits', gainDb: -8, hint: 'outdoors' },
  skateboard: { ambience: 'skateboard', how: 'moving', gainDb: -5, hint: 'outdoors' },
  surfboard: { ambience: 'sea', how: 'visible', gainDb: -2, hint: 'water' },
  'tennis racket': { oneShot: 'tennis', how: 'hits', gainDb: -4 },
  bottle: { oneShot: 'clink', how: 'sometimes', gainDb: -12 },
  'wine glass': { oneShot: 'clink', how: 'sometimes', gainDb: -9, hint: 'meal' },
  cup: { oneShot: 'cup', how: 'sometimes', gainDb: -12, hint: 'indoors' },
  fork: { oneShot: 'cutlery', how: 'sometimes', gainDb: -10, hint: 'meal' },
  knife: { oneShot: 'cutlery', how: 'sometimes', gainDb: -10, hint: 'meal' },
  spoon: { oneShot: 'cutlery', how: 'sometimes', gainDb: -10, hint: 'meal' },
  bowl: { oneShot: 'cup', how: 'sometimes', gainDb: -12, hint: 'meal' },
  banana: silent(),
  apple: silent(),
  sandwich: silent('meal'),
  orange: silent(),
  broccoli: silent('meal'),
  carrot: silent('meal'),
  'hot dog': silent('meal'),
  pizza: silent('meal'),
  donut: silent('meal'),
  cake: silent('meal'),
  chair: silent('indoors'),
  couch: silent('indoors'),
  'potted plant': silent('indoors'),
  bed: silent('indoors'),
  'dining table': silent('indoors'),
  toilet: silent('indoors'),
  tv: silent('indoors'),
  laptop: { ambience: 'keyboard', how: 'visible', gainDb: -9, hint: 'indoors' },
  mouse: { oneShot: 'mouse-click', how: 'sometimes', gainDb: -12, hint: 'indoors' },
  remote: silent('indoors'),
  keyboard: { ambience: 'keyboard', how: 'visible', gainDb: -8, hint: 'indoors' },
  'cell phone': { oneShot: 'phone', how: 'once', gainDb: -12 },
  microwave: { ambience: 'hum', oneShot: 'beep', how: 'visible', gainDb: -10, hint: 'indoors' },
  oven: { ambience: 'hum', how: 'visible', gainDb: -12, hint: 'indoors' },
  toaster: { oneShot: 'toaster', how: 'once', gainDb: -10, hint: 'indoors' },
  sink: { ambience: 'tap', how: 'moving', gainDb: -8, hint: 'indoors' },
  refrigerator: { ambience: 'hum', how: 'visible', gainDb: -12, hint: 'indoors' },
  book: { oneShot: 'page', how: 'sometimes', gainDb: -12, hint: 'indoors' },
  clock: { ambience: 'clock', how: 'visible', gainDb: -12, hint: 'indoors' },
  vase: silent('indoors'),
  scissors: { oneShot: 'snip', how: 'hits', gainDb: -10, hint: 'indoors' },
  'teddy bear': silent('indoors'),
  'hair drier': { ambience: 'hair-dryer', how: 'moving', gainDb: -6, hint: 'indoors' },
  toothbrush: { ambience: 'brushing', how: 'moving', gainDb: -10, hint: 'indoors' },
};
