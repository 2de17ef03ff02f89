import { expect, test } from 'vitest';
import { WavFile } from '#lib/media/container/wav-file.ts';
import {
  makeWav,
  wavSample,
  wavStep,
  WAV_ENCODINGS,
  type WavRecipe,
} from '../../../fixtures/media/make-wav.ts';

/** All samples, by channel. */
async function read(file: Blob): Promise<{ sampleRate: number; frames: number; channels: number[][] }> {
  using wav = await WavFile.open(file);
  const channels: number[][] = [];
  for await (const piece of wav.pieces()) {
    for (const [index, plane] of piece.entries()) (channels[index] ??= []).push(...plane);
  }
  return { sampleRate: wav.sampleRate, frames: wav.frames, channels };
}

/** The same file with some bytes of its header overwritten. */
async function withBytes(file: Blob, change: (view: DataView) => void): Promise<Blob> {
  const bytes = await file.arrayBuffer();
  change(new DataView(bytes));
  return new Blob([bytes]);
}

function worstError(channels: number[][], sampleRate: number): number {
  const errors = channels.flatMap((samples, channel) =>
    samples.map((sample, frame) => Math.abs(sample - wavSample(channel, frame, sampleRate))),
  );
  return errors.reduce((worst, error) => Math.max(worst, error), 0);
}

test.for(
  WAV_ENCODINGS.flatMap((encoding): WavRecipe[] => [
    { encoding, channels: 1, sampleRate: 22_050, frames: 1 },
    { encoding, channels: 2, frames: 5001 },
    { encoding, channels: 6, sampleRate: 96_000, frames: 2049, isExtensible: true },
    { encoding, hasOddChunk: true, frames: 333 },
    { encoding, isRf64: true, hasOddChunk: true, frames: 77 },
  ]),
)('every sample of a file comes as it was written: %o', async (recipe) => {
  const { channels = 2, sampleRate = 48_000, frames } = recipe;
  const sound = await read(makeWav(recipe));
  expect(sound).toMatchObject({ sampleRate, frames });
  expect(sound.channels.map(({ length }) => length)).toEqual(Array<number>(channels).fill(frames!));
  expect(worstError(sound.channels, sampleRate)).toBeLessThanOrEqual(wavStep(recipe.encoding));
});

test('of a truncated file all complete frames are read', async () => {
  const file = makeWav({ encoding: 's24', frames: 4000 });
  const sound = await read(file.slice(0, 44 + 3000 * 6 + 5));
  expect(sound.frames).toBe(3000);
  expect(sound.channels.map(({ length }) => length)).toEqual([3000, 3000]);
});

test.for([
  ['both', 0, 0],
  ['the one of the samples', 36, 0],
  ['that of the file', 0, 3000],
  ['that of the file, which is too short', 1000, 3000],
  ['both, as streams do', 0xffffffff, 0xffffffff],
])('lengths that were left open extend to the end: %s', async ([, file, samples]) => {
  const open = await withBytes(makeWav({ encoding: 's24', frames: 500 }), (view) => {
    view.setUint32(4, file as number, true);
    view.setUint32(40, samples as number, true);
  });
  expect((await read(open)).channels[1]).toHaveLength(500);
});

const broken: [string, (view: DataView) => void][] = [
  ['no RIFF', (view) => view.setUint8(0, 0)],
  ['RIFX', (view) => view.setUint8(3, 'X'.charCodeAt(0))],
  ['no WAVE', (view) => view.setUint8(8, 0)],
  ['ADPCM', (view) => view.setUint16(20, 2, true)],
  ['no channels', (view) => view.setUint16(22, 0, true)],
  ['more channels than it has', (view) => view.setUint16(22, 3, true)],
  ['no rate', (view) => view.setUint32(24, 0, true)],
  ['a rate beyond reason', (view) => view.setUint32(24, 2_000_000, true)],
  ['frames of no length', (view) => view.setUint16(32, 0, true)],
  ['padded samples', (view) => view.setUint16(32, 8, true)],
  ['12 bits', (view) => view.setUint16(34, 12, true)],
  ['no samples', (view) => view.setUint32(36, 0)],
];
test.for(broken)('a file with %s is refused in a sentence of the app', async ([, change]) => {
  const file = await withBytes(makeWav({ encoding: 's24', frames: 100 }), change);
  await expect(read(file)).rejects.toMatchObject({
    name: 'WavError',
    message: expect.stringMatching(/^(A|This) WAV file .*\.$|^WAV files .* are read; .*\.$/) as string,
  });
});

test.for([0, 11, 12, 30, 44])('%i bytes of a file are refused likewise', async (bytes) => {
  const file = makeWav({ encoding: 's16' }).slice(0, bytes);
  await expect(read(file)).rejects.toMatchObject({ name: 'WavError' });
});
