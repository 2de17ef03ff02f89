import type { Regions } from '../../../src/lib/job/entries/features.ts';

/** What is in a photo, a clip or a span of one, written down by somebody who looked at it. */
export interface TrueWords {
  /** Folder and name below the shared media; the app's own sample is in this repository. */
  file: string;
  span?: { startSeconds: number; endSeconds: number };
  /** Regions that are seen in a good part of the picture or of the frames; `sea` is any wide water, `water` flows or ripples. */
  regions: readonly (keyof Regions)[];
  /** Labels, regions or places of which any one names what is heard most. */
  main: readonly string[];
}

/** The shared photos and clips that show something, and the two halves of the app's own sample. */
export const TRUE_WORDS: readonly TrueWords[] = [
  { file: 'image/beach_kites.jpg', regions: ['sky', 'sea'], main: ['sea', 'beach'] },
  { file: 'image/bus.jpg', regions: [], main: ['bus', 'street'] },
  { file: 'image/cats_and_dogs.jpg', regions: [], main: ['cat', 'dog'] },
  { file: 'image/dog_bicycle_truck.jpg', regions: ['vegetation'], main: ['dog'] },
  { file: 'image/eagle.jpg', regions: ['sea'], main: ['bird'] },
  { file: 'image/giraffe_zebra.jpg', regions: ['vegetation'], main: ['zebra', 'savanna'] },
  { file: 'image/horses.jpg', regions: ['sky'], main: ['horse'] },
  { file: 'image/park_bench_cars.jpg', regions: ['vegetation'], main: ['park', 'car'] },
  { file: 'image/samoyed.jpg', regions: ['vegetation'], main: ['dog'] },
  { file: 'image/two_dogs_lawn.jpg', regions: ['vegetation'], main: ['dog'] },
  { file: 'image/zidane.jpg', regions: [], main: ['person'] },
  { file: 'image/astronaut.png', regions: [], main: ['person'] },
  { file: 'image/chelsea_cat.png', regions: [], main: ['cat'] },
  { file: 'image/coffee_cup.png', regions: [], main: ['cup', 'table'] },
  { file: 'video/bedroom_kids.mp4', regions: [], main: ['person', 'bedroom'] },
  { file: 'video/bikes_city_cuts.mp4', regions: [], main: ['car', 'street'] },
  { file: 'video/cars_topdown.mp4', regions: [], main: ['car', 'street'] },
  { file: 'video/cat_face.mp4', regions: [], main: ['cat'] },
  { file: 'video/dog_woman.mp4', regions: ['vegetation'], main: ['dog'] },
  { file: 'video/juggle_ball.mp4', regions: ['vegetation'], main: ['sports ball'] },
  { file: 'video/museum_cuts_sar.mp4', regions: [], main: ['person'] },
  { file: 'video/ocean_wave.mp4', regions: ['sea'], main: ['sea'] },
  { file: 'video/psd_testvideo.mp4', regions: ['vegetation'], main: ['vegetation', 'forest'] },
  { file: 'video/rain.mp4', regions: ['water', 'rain'], main: ['rain'] },
  { file: 'video/stream_of_water.mp4', regions: ['water'], main: ['stream', 'water'] },
  { file: 'video/traffic_highway.mp4', regions: ['sky', 'vegetation'], main: ['car', 'road'] },
  { file: 'video/bbb_intro_cuts.webm', regions: ['sky', 'vegetation'], main: ['bird'] },
  {
    file: 'static/sample.mp4',
    span: { startSeconds: 0, endSeconds: 6 },
    regions: ['sky', 'sea', 'sunset'],
    main: ['sea'],
  },
  {
    file: 'static/sample.mp4',
    span: { startSeconds: 6, endSeconds: 12 },
    regions: ['fire', 'night'],
    main: ['fire'],
  },
];
