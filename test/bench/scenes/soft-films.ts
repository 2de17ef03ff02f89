import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BENCH_FOLDER, runFfmpeg } from '../make-clip.ts';

const SHOT_SECONDS = 3.4;

/** A film of nine real shots, joined by eight gradual transitions. */
export interface SoftFilm {
  path: string;
  transitions: { kind: string; startSeconds: number; endSeconds: number }[];
}

const SHOTS = [
  ['dog_woman.mp4', 1],
  ['traffic_highway.mp4', 3],
  ['cat_face.mp4', 0],
  ['bedroom_kids.mp4', 1],
  ['museum_cuts_sar.mp4', 7.5],
  ['juggle_ball.mp4', 2],
  ['psd_testvideo.mp4', 7],
  ['ocean_wave.mp4', 1],
  ['cars_topdown.mp4', 10],
] as const;

const FILMS = [
  {
    seconds: 0.8,
    kinds: ['dissolve', 'wipeleft', 'fadeblack', 'zoomin', 'fade', 'circleopen', 'slideup', 'wiperight'],
  },
  {
    seconds: 1,
    kinds: ['fade', 'fadewhite', 'fade', 'smoothleft', 'radial', 'fadeblack', 'pixelize', 'zoomin'],
  },
  {
    seconds: 0.5,
    kinds: ['fade', 'dissolve', 'wipedown', 'fadeblack', 'zoomin', 'fade', 'circleclose', 'diagtl'],
  },
];

/** Makes the films from the shared clips; needs ffmpeg with the filter xfade. Made once. */
export function softFilms(media: string): SoftFilm[] {
  return FILMS.map(({ seconds, kinds }, number) => {
    // Other films have the shots in another order.
    const shots = SHOTS.map((_, at) => SHOTS[(at * [1, 2, 4][number]! + number) % SHOTS.length]!);
    const transitions = kinds.map((kind, at) => {
      const startSeconds = (at + 1) * (SHOT_SECONDS - seconds);
      return { kind, startSeconds, endSeconds: startSeconds + seconds };
    });
    const path = join(BENCH_FOLDER, `soft-${number}.mp4`);
    if (!existsSync(path)) make(media, path, shots, transitions, seconds);
    return { path, transitions };
  });
}

function make(
  media: string,
  path: string,
  shots: readonly (readonly [string, number])[],
  transitions: SoftFilm['transitions'],
  seconds: number,
): void {
  mkdirSync(BENCH_FOLDER, { recursive: true });
  const inputs = shots.flatMap(([file, from]) => [
    ...['-ss', String(from), '-t', String(SHOT_SECONDS + 0.1), '-i', join(media, 'video', file)],
  ]);
  const size = 'fps=25,scale=640:360,setsar=1,format=yuv420p,settb=1/25';
  const trimmed = shots.map(
    (_, at) => `[${at}:v]${size},trim=duration=${SHOT_SECONDS},setpts=PTS-STARTPTS[s${at}]`,
  );
  const joined = transitions.map(({ kind, startSeconds }, at) => {
    const before = at === 0 ? '[s0]' : `[j${at}]`;
    return `${before}[s${at + 1}]xfade=transition=${kind}:duration=${seconds}:offset=${startSeconds.toFixed(3)}[j${at + 1}]`;
  });
  runFfmpeg(
    ...inputs,
    ...['-filter_complex', [...trimmed, ...joined].join(';'), '-map', `[j${transitions.length}]`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', path],
  );
}
