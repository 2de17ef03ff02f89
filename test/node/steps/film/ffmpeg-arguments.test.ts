import { expect, test } from 'vitest';
import { ffmpegArguments, planForFfmpeg } from '#lib/steps/film/ffmpeg-arguments.ts';

const auto = { container: 'auto', audioCodec: 'auto' } as const;

test('codecs that an MP4 can hold are copied, the rest is encoded', () => {
  expect(planForFfmpeg('mpeg4', 1000, auto)).toMatchObject({ container: 'mp4', isVideoCopied: true });
  expect(planForFfmpeg('theora', 1000, auto)).toMatchObject({ container: 'mp4', isVideoCopied: false });
  expect(planForFfmpeg('theora', 1000, { ...auto, container: 'mkv' }).isVideoCopied).toBe(true);
});

test('a copy that does not fit into memory is refused with its size', () => {
  expect(() => planForFfmpeg('mpeg4', 2.5e9, auto)).toThrow(/holds 1 GB; this one has 2.5 GB/);
});

test('sounds start with the first picture', () => {
  const plan = planForFfmpeg('mpeg4', 1000, auto);
  const args = ffmpegArguments(
    plan,
    ['a', 'b', 'c'],
    [{ role: 'mix' }, { role: 'music' }],
    1.075,
    3,
    'o.mp4',
  );
  expect(args.join(' ')).toContain('-i a -itsoffset 1.075000 -i b -itsoffset 1.075000 -i c');
  expect(args.join(' ')).toContain('-map 0:v:0 -map 1:a:0 -map 2:a:0 -c:v copy');
});

test('a long film that is encoded still fits into memory', () => {
  const plan = planForFfmpeg('theora', 1000, auto);
  const args = ffmpegArguments(plan, ['a', 'b'], [{ role: 'mix' }], 0, 7200, 'o.mp4');
  const bitsPerSecond = Number(args[args.indexOf('-maxrate') + 1]) + 256_000;
  expect((bitsPerSecond * 7200) / 8).toBeLessThanOrEqual(1e9 + 1e6);
});
