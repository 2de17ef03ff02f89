import { expect, test } from 'vitest';
import { codecDelayOffsets } from '#lib/steps/film/codec-delay.ts';
import { hideDelays } from '#lib/steps/film/delay-edits.ts';

function box(name: string, ...parts: number[][]): number[] {
  const body = parts.flat();
  return [...u32(body.length + 8), ...[...name].map((letter) => letter.charCodeAt(0)), ...body];
}

function u32(value: number): number[] {
  return [value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255);
}

const zeros = (count: number) => Array.from({ length: count }, () => 0);
const header = (clock: number) => box('mvhd', u32(0), u32(0), u32(0), u32(clock));
const track = (number: number, ...edits: number[]) =>
  box(
    'trak',
    box('tkhd', u32(0), u32(0), u32(0), u32(number), zeros(8)),
    box('edts', box('elst', u32(0), u32(edits.length / 3), ...edits.map(u32))),
  );

test('a delay before the sound becomes an edit that hides it', () => {
  const late = track(2, 57_600 - 1229, -1, 0x10000, 100_000, 0, 0x10000);
  const moov = Uint8Array.from(box('moov', header(57_600), track(1, 9, -1, 1, 9, 0, 1), late));
  const hidden = hideDelays(moov, new Map([[2, 1024]]));
  const expected = track(2, 57_600, -1, 0x10000, 100_000 - 1229, 1024, 0x10000);
  expect([...hidden]).toEqual(box('moov', header(57_600), track(1, 9, -1, 1, 9, 0, 1), expected));
});

test('a delay that is hidden already is left alone', () => {
  const moov = Uint8Array.from(box('moov', header(57_600), track(2, 57_600, 1024, 0x10000)));
  expect(hideDelays(moov, new Map([[2, 1024]]))).toEqual(moov);
});

test('the pre-skip is found under its wrong id in every track, and nowhere else', () => {
  const preSkip = [0x56, 0xbb, 0x83, 0x63, 0x2e, 0xa0];
  const entry = [0xae, 0x80 + 8];
  const tracks = [...entry, ...[0xec, 0x80], ...preSkip, ...entry, ...[0xec, 0x80], ...preSkip];
  const attachment = [0x19, 0x41, 0xa4, 0x69, 0x86, ...preSkip];
  const segment = [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  const data = [...segment, 0x16, 0x54, 0xae, 0x6b, 0x80 + tracks.length, ...tracks, ...attachment];
  const offsets = codecDelayOffsets(Uint8Array.from(data));
  expect(offsets).toEqual([22, 32]);
  offsets.forEach((offset) => expect(data[offset]).toBe(0xbb));
});
