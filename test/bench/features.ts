/**
 * Prints what `features` measures on real photos and clips: `node test/bench/features.ts [folder with image/ and video/]`.
 * Frames are taken with ffmpeg at the times that the app asks for: n = round(10·log10(s)), evenly spread.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FeaturesOutput } from '../../src/lib/job/entries/features.ts';
import { filmFactsOf } from '../../src/lib/evidence/film-facts.ts';
import type { RgbaImage } from '../../src/lib/media/pixels/rgba-image.ts';
import { describe } from '../../src/lib/phrases/en.ts';
import { chooseFrame, embedFrame } from '../../src/lib/steps/best-frame/choose.ts';
import { layoutEmbedder } from '../../src/lib/steps/best-frame/layout-embedder.ts';
import { ANALYSIS_PIXELS, measureFrame, summarise } from '../../src/lib/steps/features/measure.ts';
import { grabPixels } from '../fixtures/media/grab-pixels.ts';

const media = process.argv[2] ?? process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media';

const grab = (path: string, atSeconds: number) => grabPixels(path, atSeconds, ANALYSIS_PIXELS);

function duration(path: string): number {
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number(execFileSync('ffprobe', args).toString());
}

const percent = (value: number) => String(Math.round(100 * value)).padStart(4);

async function show(name: string, frames: { image: RgbaImage; atSeconds: number }[], seconds: number | null) {
  if (!frames.length) return console.log(name.padEnd(22), 'could not be decoded');
  const began = performance.now();
  const features: FeaturesOutput = summarise(
    frames.map(({ image, atSeconds }) => measureFrame(image, atSeconds)),
    seconds,
  );
  const milliseconds = performance.now() - began;
  const embedded = await Promise.all(frames.map(({ image }) => embedFrame(image, layoutEmbedder)));
  const best = chooseFrame(embedded, null, layoutEmbedder.name);
  const frame = features.frames[best.index]!;
  const { regions, mood } = features;
  const facts = filmFactsOf(
    { features, objects: { frames: [], removed: [] } },
    seconds === null ? [] : [{ startSeconds: 0, endSeconds: seconds }],
  );
  const numbers = [
    frame.brightness,
    frame.contrast,
    frame.saturation,
    frame.warmth,
    frame.colourfulness,
    frame.edgeDensity,
    regions.sky,
    regions.sea,
    regions.vegetation,
    regions.fire,
    features.outdoor,
    features.day,
    mood.valence,
    mood.arousal,
  ];
  console.log(
    name.padEnd(22),
    numbers.map(percent).join(''),
    ` ${(milliseconds / frames.length).toFixed(0)} ms/frame`,
  );
  if (seconds) {
    console.log('   motion', features.frames.map(({ motion }) => percent(motion)).join(''));
    console.log('   cut   ', features.frames.map(({ cutLikelihood }) => percent(cutLikelihood)).join(''));
    console.log(
      '   cuts at',
      features.cuts.map(({ atSeconds }) => atSeconds.toFixed(1)).join(' '),
      '  best',
      best.index,
    );
  }
  console.log('   ', describe(facts));
}

console.log(
  ' '.repeat(23) +
    'brig cont satu warm clfl edge  sky  sea vege fire outd  day vale arou'.replaceAll(' ', ' '),
);
for (const name of readdirSync(join(media, 'image')).filter((file) => /\.(jpe?g|png)$/.test(file))) {
  const image = grab(join(media, 'image', name), 0);
  await show(name, image ? [{ image, atSeconds: 0 }] : [], null);
}
for (const folder of ['video', 'video/edge']) {
  for (const name of readdirSync(join(media, folder)).filter((file) =>
    /\.(mp4|webm|mov|mkv|avi|ogv)$/.test(file),
  )) {
    const path = join(media, folder, name);
    const seconds = duration(path);
    const count = Math.max(1, Math.round(10 * Math.log10(seconds)));
    const frames = Array.from({ length: count }, (_, i) => (seconds * (i + 0.5)) / count).flatMap(
      (atSeconds) => {
        const image = grab(path, atSeconds);
        return image ? [{ image, atSeconds }] : [];
      },
    );
    await show(name, frames, seconds);
  }
}
