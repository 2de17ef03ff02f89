import { expect, test } from 'vitest';
import { readProbe } from '#lib/ffmpeg/read-probe.ts';

const video = (fields: object) =>
  readProbe({ streams: [{ index: 0, codec_type: 'video', codec_name: 'h264', ...fields }] }).streams[0]!;

test('container, length and start come from the format', () => {
  const format = { format_name: 'mov,mp4,m4a', duration: '2.035', start_time: '1.075' };
  expect(readProbe({ format })).toEqual({
    ...{ container: 'mov', durationSeconds: 2.035, startSeconds: 1.075, streams: [] },
  });
});

test('an empty answer is read as unknown', () => {
  expect(readProbe({})).toMatchObject({ container: 'unknown', durationSeconds: null, startSeconds: 0 });
});

test('ratios are numbers, and 0/0 is unknown', () => {
  const stream = video({ sample_aspect_ratio: '16:11', avg_frame_rate: '30000/1001' });
  expect(stream.pixelAspect).toBeCloseTo(16 / 11);
  expect(stream.frameRate).toBeCloseTo(29.97, 2);
  expect(video({ sample_aspect_ratio: '0:1', avg_frame_rate: '0/0' })).toMatchObject({
    ...{ pixelAspect: 1, frameRate: null },
  });
});

test('rotation is clockwise, in whichever way the file stores it', () => {
  expect(video({ side_data_list: [{ rotation: -90 }] }).rotationDegrees).toBe(90);
  expect(video({ side_data_list: [{}, { rotation: 90 }] }).rotationDegrees).toBe(270);
  expect(video({ tags: { rotate: '180' } }).rotationDegrees).toBe(180);
  expect(video({}).rotationDegrees).toBe(0);
});

test('a codec without a name is no codec, and a cover is marked', () => {
  expect(video({ codec_name: 'unknown' }).codec).toBeNull();
  expect(video({ disposition: { attached_pic: 1 } }).isCover).toBe(true);
});

test.each([
  ['smpte2084', true],
  ['arib-std-b67', true],
  ['bt709', false],
])('the transfer curve %s decides whether it is HDR', (curve, isHdr) => {
  expect(video({ color_transfer: curve }).isHdr).toBe(isHdr);
});
