import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Recording } from './solo.ts';

/** Writes a 16-bit stereo WAV file at 48 kHz. */
export function writeWav(path: string, { left, right }: Recording): void {
  const bytes = Buffer.alloc(44 + left.length * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + left.length * 4, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(48_000, 24);
  bytes.writeUInt32LE(192_000, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(left.length * 4, 40);
  const toInt = (x: number) => Math.round(Math.max(-1, Math.min(1, x)) * 32_767);
  for (let i = 0; i < left.length; i++) {
    bytes.writeInt16LE(toInt(left[i]!), 44 + i * 4);
    bytes.writeInt16LE(toInt(right[i]!), 46 + i * 4);
  }
  writeFileSync(path, bytes);
}

/** Decodes any sound file to mono at 48 kHz with ffmpeg. */
export function readMono(path: string): Float32Array {
  const bytes = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-ac', '1', '-ar', '48000', '-f', 'f32le', '-'],
    {
      maxBuffer: 1 << 30,
    },
  );
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Draws the spectrogram of a sound file as a PNG with ffmpeg. */
export function drawSpectrogram(wavPath: string, pngPath: string): void {
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    wavPath,
    '-lavfi',
    'aresample=32000,aformat=channel_layouts=mono,showspectrumpic=s=400x200:legend=0:scale=log:fscale=log:drange=90',
    pngPath,
  ]);
}
