/** What a detected object sounds like. */
export interface LabelRule {
  /** An ambience while it is seen. */
  ambience?: string;
  /** A one-shot. */
  oneShot?: string;
  /**
   * When it sounds: while it is visible, only while it moves, once when it enters, now and then, at sharp turns of its
   * path (a ball that is hit), or while it crosses the picture. A silent object only hints at a place.
   */
  trigger: 'visible' | 'moving' | 'once' | 'sometimes' | 'hits' | 'crossing' | 'silent';
  /** Level relative to the sound's nominal one, dB. */
  gainDb: number;
  /** The kind of place that the object suggests. */
  hint?: 'indoors' | 'outdoors' | 'city' | 'nature' | 'water' | 'meal';
}

const silent = (hint?: LabelRule['hint']): LabelRule => ({
  trigger: 'silent',
  gainDb: 0,
  ...(hint ? { hint } : {}),
});

/** The rules of the 80 labels of COCO (Lin et al., 2014), in its order, and of an animal whose kind is unsure. */
export const COCO_LABELS: Readonly<Record<string, LabelRule>> = {
  person: { ambience: 'footsteps', trigger: 'moving', gainDb: -9 },
  bicycle: { ambience: 'bicycle', oneShot: 'bicycle-bell', trigger: 'moving', gainDb: -7, hint: 'outdoors' },
  car: { oneShot: 'car-pass', trigger: 'crossing', gainDb: -2, hint: 'city' },
  motorcycle: { ambience: 'motorcycle', trigger: 'moving', gainDb: -4, hint: 'outdoors' },
  airplane: { oneShot: 'plane', trigger: 'once', gainDb: -3, hint: 'outdoors' },
  bus: { ambience: 'engine', oneShot: 'air-brake', trigger: 'moving', gainDb: -4, hint: 'city' },
  train: { ambience: 'train', oneShot: 'train-horn', trigger: 'moving', gainDb: -3, hint: 'outdoors' },
  truck: { oneShot: 'truck-pass', trigger: 'crossing', gainDb: -2, hint: 'city' },
  boat: { ambience: 'boat', trigger: 'moving', gainDb: -6, hint: 'water' },
  'traffic light': silent('city'),
  'fire hydrant': silent('city'),
  'stop sign': silent('city'),
  'parking meter': silent('city'),
  bench: silent('outdoors'),
  bird: { ambience: 'birds', trigger: 'visible', gainDb: -5, hint: 'nature' },
  cat: { oneShot: 'cat', trigger: 'once', gainDb: -8 },
  dog: { oneShot: 'dog', trigger: 'sometimes', gainDb: -3 },
  horse: { ambience: 'hooves', oneShot: 'horse', trigger: 'moving', gainDb: -4, hint: 'nature' },
  sheep: { oneShot: 'sheep', trigger: 'sometimes', gainDb: -5, hint: 'nature' },
  cow: { oneShot: 'cow', trigger: 'sometimes', gainDb: -5, hint: 'nature' },
  elephant: { oneShot: 'elephant', trigger: 'once', gainDb: -4, hint: 'nature' },
  animal: silent(),
  bear: { oneShot: 'bear', trigger: 'once', gainDb: -4, hint: 'nature' },
  zebra: { ambience: 'hooves', trigger: 'moving', gainDb: -7, hint: 'nature' },
  giraffe: silent('nature'),
  backpack: silent(),
  umbrella: { ambience: 'rain', trigger: 'visible', gainDb: -4, hint: 'outdoors' },
  handbag: silent(),
  tie: silent(),
  suitcase: { ambience: 'rolling', trigger: 'moving', gainDb: -9 },
  frisbee: { oneShot: 'whoosh', trigger: 'hits', gainDb: -7, hint: 'outdoors' },
  skis: { ambience: 'snow-swish', trigger: 'moving', gainDb: -5, hint: 'outdoors' },
  snowboard: { ambience: 'snow-swish', trigger: 'moving', gainDb: -4, hint: 'outdoors' },
  'sports ball': { oneShot: 'kick', trigger: 'hits', gainDb: -4 },
  kite: { ambience: 'flutter', trigger: 'visible', gainDb: -8, hint: 'outdoors' },
  'baseball bat': { oneShot: 'bat', trigger: 'hits', gainDb: -4, hint: 'outdoors' },
  'baseball glove': { oneShot: 'smack', trigger: 'hits', gainDb: -8, hint: 'outdoors' },
  skateboard: { ambience: 'skateboard', trigger: 'moving', gainDb: -5, hint: 'outdoors' },
  surfboard: { ambience: 'sea', trigger: 'visible', gainDb: -2, hint: 'water' },
  'tennis racket': { oneShot: 'tennis', trigger: 'hits', gainDb: -4 },
  bottle: { oneShot: 'clink', trigger: 'sometimes', gainDb: -12 },
  'wine glass': { oneShot: 'clink', trigger: 'sometimes', gainDb: -9, hint: 'meal' },
  cup: { oneShot: 'cup', trigger: 'sometimes', gainDb: -12, hint: 'indoors' },
  fork: { oneShot: 'cutlery', trigger: 'sometimes', gainDb: -10, hint: 'meal' },
  knife: { oneShot: 'cutlery', trigger: 'sometimes', gainDb: -10, hint: 'meal' },
  spoon: { oneShot: 'cutlery', trigger: 'sometimes', gainDb: -10, hint: 'meal' },
  bowl: { oneShot: 'cup', trigger: 'sometimes', gainDb: -12, hint: 'meal' },
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
  laptop: { ambience: 'keyboard', trigger: 'visible', gainDb: -9, hint: 'indoors' },
  mouse: { oneShot: 'mouse-click', trigger: 'sometimes', gainDb: -12, hint: 'indoors' },
  remote: silent('indoors'),
  keyboard: { ambience: 'keyboard', trigger: 'visible', gainDb: -8, hint: 'indoors' },
  'cell phone': silent(),
  microwave: { ambience: 'hum', oneShot: 'beep', trigger: 'visible', gainDb: -10, hint: 'indoors' },
  oven: { ambience: 'hum', trigger: 'visible', gainDb: -12, hint: 'indoors' },
  toaster: { oneShot: 'toaster', trigger: 'once', gainDb: -10, hint: 'indoors' },
  sink: silent('indoors'),
  refrigerator: { ambience: 'hum', trigger: 'visible', gainDb: -12, hint: 'indoors' },
  book: { oneShot: 'page', trigger: 'sometimes', gainDb: -12, hint: 'indoors' },
  clock: { ambience: 'clock', trigger: 'visible', gainDb: -12, hint: 'indoors' },
  vase: silent('indoors'),
  scissors: { oneShot: 'snip', trigger: 'hits', gainDb: -10, hint: 'indoors' },
  'teddy bear': silent('indoors'),
  'hair drier': { ambience: 'hair-dryer', trigger: 'moving', gainDb: -6, hint: 'indoors' },
  toothbrush: { ambience: 'brushing', trigger: 'moving', gainDb: -10, hint: 'indoors' },
};
