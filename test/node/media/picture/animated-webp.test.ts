import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { animateWebp, WebpError } from '#lib/media/picture/animated-webp.ts';

const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-webp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const hasFfmpeg = (() => {
  try {
    return execFileSync('ffmpeg', ['-hide_banner', '-encoders'], { stdio: 'pipe' }).includes('libwebp');
  } catch {
    return false;
  }
})();
if (!hasFfmpeg)
  console.warn('SKIPPED: one test of animated WebP, because ffmpeg with libwebp was not found.');

function still(colour: string): Uint8Array {
  const path = join(folder, `${colour}.webp`);
  const args = [
    '-y',
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:s=48x32`,
    '-frames:v',
    '1',
    '-c:v',
    'libwebp',
    path,
  ];
  execFileSync('ffmpeg', args, { stdio: 'pipe' });
  return new Uint8Array(readFileSync(path));
}

/** The chunks at one level: [id, size]. */
function chunks(bytes: Uint8Array, from: number): [string, number][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const found: [string, number][] = [];
  for (let at = from; at < bytes.length;) {
    const size = view.getUint32(at + 4, true);
    found.push([new TextDecoder().decode(bytes.subarray(at, at + 4)), size]);
    at += 8 + size + (size % 2);
  }
  return found;
}

test.skipIf(!hasFfmpeg)('stills become frames of one animation, with its size and their duration', () => {
  const animation = animateWebp([still('red'), still('green'), still('blue')], 48, 32, 125);
  expect(chunks(animation, 0)).toEqual([['RIFF', animation.length - 8]]);
  expect(chunks(animation, 12).map(([id]) => id)).toEqual(['VP8X', 'ANIM', 'ANMF', 'ANMF', 'ANMF']);
  expect([...animation.subarray(20, 30)]).toEqual([2, 0, 0, 0, 47, 0, 0, 31, 0, 0]);
  const frame = 30 + 8 + 6 + 8;
  expect([...animation.subarray(frame, frame + 16)]).toEqual([
    0, 0, 0, 0, 0, 0, 47, 0, 0, 31, 0, 0, 125, 0, 0, 2,
  ]);
});

test('a file that is no WebP picture is refused', () => {
  expect(() => animateWebp([new Uint8Array(40)], 48, 32, 125)).toThrow(WebpError);
  expect(() => animateWebp([], 48, 32, 125)).toThrow(TypeError);
  expect(() => animateWebp([new Uint8Array(40)], 0, 32, 125)).toThrow(TypeError);
});
