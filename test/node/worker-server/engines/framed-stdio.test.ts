import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeFrame,
  FrameError,
  readFrames,
  type Frame,
} from '../../../../worker-server/engines/framed-stdio.ts';

async function* pieces(bytes: Uint8Array, cuts: number[]) {
  await Promise.resolve();
  const sorted = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [index, cut] of sorted.slice(1).entries()) yield bytes.subarray(sorted[index], cut);
}

async function readAll(bytes: Uint8Array, cuts: number[] = []): Promise<Frame[]> {
  return Array.fromAsync(readFrames(pieces(bytes, cuts)));
}

describe('frames on a byte stream', { timeout: 60_000 }, () => {
  it('are decoded unchanged, however the stream is split', async () => {
    const frame = fc.record({
      text: fc.string({ unit: 'binary' }),
      payload: fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(frame), fc.array(fc.nat(5000)), async (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ text, payload }) => encodeFrame({ text }, payload)));
        const read = await readAll(bytes, cuts);
        expect(read.map(({ message }) => message['text'])).toEqual(frames.map(({ text }) => text));
        expect(read.map(({ payload }) => [...payload])).toEqual(
          frames.map(({ payload }) => [...(payload ?? [])]),
        );
      }),
    );
  });

  it('have payloads that can be viewed as float samples', async () => {
    const samples = Float32Array.from([0.5, -1, 0.25]);
    const bytes = encodeFrame({ type: 'audio' }, new Uint8Array(samples.buffer));
    const [frame] = await readAll(bytes, [3, 5]);
    expect(new Float32Array(frame!.payload.buffer)).toEqual(samples);
  });

  it('are refused when a line is not a JSON object or a size is invalid', async () => {
    for (const text of [
      'Hello\n',
      '[1]\n',
      'null\n',
      '{"bytes":-1}\n',
      '{"bytes":1e12}\n',
      '{"bytes":"4"}\n',
    ])
      await expect(readAll(Buffer.from(text)), text).rejects.toThrow(FrameError);
    await expect(readAll(Buffer.alloc(300_000, 'a'))).rejects.toThrow('without an end');
  });

  it('are dropped when the stream ends in the middle of one', async () => {
    const whole = encodeFrame({ type: 'audio' }, new Uint8Array(8));
    await expect(readAll(Buffer.concat([whole, whole.subarray(0, -1)]))).resolves.toHaveLength(1);
  });
});
