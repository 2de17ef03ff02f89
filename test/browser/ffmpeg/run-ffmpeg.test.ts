import { afterAll, expect, test } from 'vitest';
import { FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { probeWithFfmpeg } from '#lib/ffmpeg/probe-with-ffmpeg.ts';
import { runFfmpeg } from '#lib/ffmpeg/run-ffmpeg.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { tinyWav } from '../../fixtures/media/tiny-wav.ts';
import type { FfmpegApi } from '../../fixtures/workers/ffmpeg.worker.ts';
import FfmpegWorker from '../../fixtures/workers/ffmpeg.worker.ts?worker';

const { signal } = new AbortController();
const worker = new WorkerClient<FfmpegApi>(FfmpegWorker);
afterAll(() => worker.close());
const inputs = new Map([['file', tinyWav()]]);

test('a file is converted in a worker, and only the requested output is returned', async () => {
  const { outputs, log } = await worker.call(signal, (api) => api.convert(tinyWav(), 'sound.flac'));
  expect([...outputs.keys()]).toEqual(['sound.flac']);
  expect(new TextDecoder().decode(outputs.get('sound.flac')!.subarray(0, 4))).toBe('fLaC');
  expect(log.join('\n')).toContain('Stream #0:0');
});

test('a probe returns container, length and stream', async () => {
  const probed = await probeWithFfmpeg(tinyWav(0.5), signal);
  expect(probed).toMatchObject({ container: 'wav', durationSeconds: 0.5 });
  expect(probed.streams).toMatchObject([
    { type: 'audio', codec: 'pcm_s16le', channels: 1, sampleRate: 8000, width: null },
  ]);
});

test('one program runs several times on the same inputs', async () => {
  using program = await FfmpegProgram.open(inputs, signal);
  const lengths = [];
  for (const seconds of ['0.1', '0.2']) {
    const args = ['-i', inputPath('file'), '-t', seconds, '-f', 's16le', 'piece.raw'];
    lengths.push((await program.run(args, ['piece.raw'])).outputs.get('piece.raw')!.length);
  }
  expect(lengths).toEqual([1600, 3200]);
});

test('an error of ffmpeg is an FfmpegError with its message', async () => {
  const noise = new Blob(['this is not a film, only a few words of plain text'.repeat(20)]);
  await expect(probeWithFfmpeg(noise, signal)).rejects.toMatchObject({ name: 'FfmpegError' });
  const args = ['-i', inputPath('file'), '-c:a', 'nonsense', 'x.wav'];
  await expect(runFfmpeg({ args, inputs, outputs: ['x.wav'], signal })).rejects.toMatchObject({
    name: 'FfmpegError',
    message: expect.stringContaining('nonsense') as string,
  });
});

test('an aborted run ends at once with an AbortError', async () => {
  const abort = new AbortController();
  const args = ['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:duration=3600', 'long.mkv'];
  const onLog = (line: string) => void (line.includes('Output #0') && abort.abort());
  const run = runFfmpeg({ args, inputs, outputs: [], signal: abort.signal, onLog });
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
});
