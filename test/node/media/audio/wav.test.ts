import { expect, test } from 'vitest';
import { readWavHeader, decodeWavSamples, WAV_HEADER_BYTES, wavHeader } from '#lib/media/audio/wav.ts';

function withSamples(header: Uint8Array, bytes: number): Uint8Array {
  const file = new Uint8Array(header.length + bytes);
  file.set(header);
  return file;
}

test('a header has the given values and exact sizes', () => {
  const header = wavHeader(100, 48_000);
  const view = new DataView(header.buffer);
  expect(header).toHaveLength(WAV_HEADER_BYTES);
  expect(view.getUint32(4, true)).toBe(36 + 400);
  expect(view.getUint32(40, true)).toBe(400);
  const layout = { sampleRate: 48_000, channels: 2, start: 44, frameBytes: 4, frames: 100 };
  expect(readWavHeader(header, 444)).toEqual(layout);
});

test('more than 4 GiB is refused in a sentence', () => {
  expect(() => wavHeader(48_000 * 3600 * 7, 48_000)).toThrow('A WAV file holds at most 4 GiB; 7.0 hours');
});

test('other chunks before the samples are skipped', () => {
  const plain = wavHeader(10, 16_000, 1);
  const list = Uint8Array.from(
    [...'LIST'].map((letter) => letter.charCodeAt(0)).concat([3, 0, 0, 0, 1, 2, 3, 0]),
  );
  const file = new Uint8Array([
    ...plain.subarray(0, 36),
    ...list,
    ...plain.subarray(36),
    ...new Uint8Array(20),
  ]);
  expect(readWavHeader(file, file.length)).toMatchObject({ start: 56, frames: 10, channels: 1 });
});

test.for([0, 0xffffffff])('a length that a stream left open (%i) extends to the end of the file', (bytes) => {
  const header = wavHeader(0, 48_000);
  new DataView(header.buffer).setUint32(40, bytes, true);
  expect(readWavHeader(withSamples(header, 40), 84).frames).toBe(10);
});

test('other files, other formats and missing samples are reported', () => {
  const wrong = wavHeader(10, 48_000);
  new DataView(wrong.buffer).setUint16(34, 24, true);
  expect(() => readWavHeader(new Uint8Array(44), 44)).toThrow('does not begin like one');
  expect(() => readWavHeader(wrong, 84)).toThrow('format 1 with 24 bits');
  expect(() => readWavHeader(wavHeader(1, 48_000).subarray(0, 36), 36)).toThrow('no samples');
});

test('samples are separated by channel, full scale at 1', () => {
  const sides = decodeWavSamples(Int16Array.of(-32_768, 0, 8192, 16_384, 1, 0).buffer, { channels: 3 });
  expect(sides.map((side) => [...side])).toEqual([
    [-1, 0.5],
    [0, 1 / 32_768],
    [0.25, 0],
  ]);
});
