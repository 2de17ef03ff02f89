/**
 * Renders every effect, prints what a meter says of it, writes WAV files and spectrograms, and asks a recogniser that
 * has heard real recordings (ESC-10) what it takes the effects for.
 * Usage: node test/bench/sound-effects.ts OUTDIR [--levels] [sound …]
 * With --levels it prints the table of src/lib/synth/effects/levels.ts instead.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nominalGain } from '../../src/lib/synth/effects/levels.ts';
import { soundNamed, SOUNDS } from '../../src/lib/synth/effects/sounds.ts';
import { BAND_HERTZ, bandLevels } from './recognise/bands.ts';
import { ESC10_SOUNDS, esc10Examples, MEDIA } from './recognise/esc10.ts';
import { featuresOf } from './recognise/features.ts';
import { measure } from './recognise/figures.ts';
import { Recogniser } from './recognise/nearest.ts';
import { renderSolo, toMono } from './recognise/solo.ts';
import { drawSpectrogram, readMono, writeWav } from './recognise/wav.ts';

const [out = 'effects-bench', ...rest] = process.argv.slice(2);
const wanted = rest.filter((word) => !word.startsWith('--'));
const sounds = wanted.length > 0 ? wanted.map(soundNamed) : SOUNDS;

if (rest.includes('--levels')) printLevels();
else {
  mkdirSync(out, { recursive: true });
  printFigures();
  printConfusion();
  printBands();
}

function printFigures(): void {
  console.log('sound             kind       LUFS  loudest   peak  crest  centroid  DC       RTF');
  for (const { name, kind } of sounds) {
    const before = process.cpuUsage();
    const recording = renderSolo(name);
    const used = process.cpuUsage(before);
    const rtf = recording.left.length / 48_000 / ((used.user + used.system) / 1e6);
    const f = measure(recording);
    const columns = [f.lufs.toFixed(1), f.loudestLufs.toFixed(1), f.peak.toFixed(2), f.crestDb.toFixed(1)];
    const tail = [
      f.centroidHertz.toFixed(0).padStart(9),
      f.dc.toExponential(0).padStart(7),
      rtf.toFixed(0).padStart(6),
    ];
    console.log(name.padEnd(17), kind.padEnd(8), ...columns.map((x) => x.padStart(7)), ...tail);
    const wav = join(out, `${name}.wav`);
    writeWav(wav, recording);
    drawSpectrogram(wav, wav.replace('.wav', '.png'));
  }
}

function printConfusion(): void {
  const examples = esc10Examples();
  if (examples.length === 0) {
    console.warn('No recordings of ESC-10 found; set IMMERSIVAUDIO_MEDIA. The recogniser was left out.');
    return;
  }
  const recogniser = new Recogniser(examples, 5);
  const share = recogniser.leaveOneOut();
  console.log(
    `\nRecogniser: ${examples.length} recordings, ${(share * 100).toFixed(1)} % right when each is left out.`,
  );
  for (const [label, recipe] of Object.entries(ESC10_SOUNDS)) {
    const names = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      recogniser.name(
        featuresOf(toMono(renderSolo(recipe, { seed, seconds: 5, intensity: 0.35 + 0.05 * seed }))),
      ),
    );
    const right = names.filter((name) => name === label).length;
    console.log(
      `${label.padEnd(15)} ${right}/8  ${right < 8 ? names.filter((name) => name !== label).join(' ') : ''}`,
    );
  }
}

/** Octave bands beside those of one real recording each: for the eye, not a target to be met. */
function printBands(): void {
  const pairs = {
    rain: 'rain',
    wind: 'wind',
    sea: 'waves',
    fire: 'fireplace',
    crickets: 'summer-night',
    cafe: 'coffee-shop',
  };
  const more = { ...pairs, traffic: 'city', train: 'train', forest: 'birds', thunder: 'storm', boat: 'boat' };
  console.log(`\noctave bands, dB     ${BAND_HERTZ.map((hertz) => String(hertz).padStart(6)).join('')}`);
  for (const [recipe, file] of Object.entries(more)) {
    const path = join(MEDIA, 'sound/ambience', `${file}.ogg`);
    if (!existsSync(path)) continue;
    for (const [name, mono] of [
      [`real ${file}`, readMono(path)],
      [`     ${recipe}`, toMono(renderSolo(recipe))],
    ] as const) {
      console.log(
        name.padEnd(21) +
          bandLevels(mono)
            .map((db) => db.toFixed(0).padStart(6))
            .join(''),
      );
    }
  }
}

/** Ambiences to -20 LUFS at intensity 0.6 and one-shots to a loudest 400 ms of -18 LUFS, but no peak above 0.6. */
function printLevels(): void {
  for (const { name, kind } of sounds) {
    const figures = [1, 2, 3].map((seed) => measure(renderSolo(name, { seed, gainDb: -12 })));
    const mean = (of: (f: (typeof figures)[number]) => number) =>
      figures.reduce((sum, f) => sum + of(f), 0) / 3;
    const now = 20 * Math.log10(nominalGain(name)) - 12;
    const loudness = kind === 'ambience' ? -20 - mean((f) => f.lufs) : -18 - mean((f) => f.loudestLufs);
    const headroom = 20 * Math.log10(0.6 / mean((f) => f.peak));
    console.log(
      `  ${/^\w+$/.test(name) ? name : `'${name}'`}: ${(now + Math.min(loudness, headroom)).toFixed(1)},`,
    );
  }
}
