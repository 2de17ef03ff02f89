import { afterEach, expect, test } from 'vitest';
import { CanvasSink } from 'mediabunny';
import { openContainer } from '#lib/media/container/open-container.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { makeFilm } from '#lib/steps/film/film.ts';
import { sineWav } from '../../fixtures/film/click-wav.ts';
import { request } from '../../fixtures/film/film-request.ts';
import { fileOf, pictureFacts, soundFacts } from '../../fixtures/film/read-film.ts';
import { quiet } from '../../fixtures/media/step-context.ts';

const RATE = 48_000;
afterEach(() => sweepBlobs(new Set()));

async function picture(
  width: number,
  height: number,
  paint: (context: OffscreenCanvasRenderingContext2D) => void,
): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  paint(canvas.getContext('2d')!);
  return new File([await canvas.convertToBlob()], 'picture.png');
}

/** The pixels of the frames at some times. */
async function framesOf(film: Blob, times: number[]): Promise<ImageData[]> {
  using input = openContainer(film);
  const sink = new CanvasSink((await input.getPrimaryVideoTrack())!);
  const frames: ImageData[] = [];
  for await (const frame of sink.canvasesAtTimestamps(times)) {
    const { canvas } = frame!;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!;
    copy.drawImage(canvas, 0, 0);
    frames.push(copy.getImageData(0, 0, canvas.width, canvas.height));
  }
  return frames;
}

function pixel({ data, width }: ImageData, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
}

for (const movement of ['still', 'ken-burns'] as const) {
  test(`a picture of odd size (${movement}) becomes a clip of even size, 30 frames a second`, async () => {
    const file = await picture(641, 479, (context) => {
      context.fillStyle = '#08f';
      context.fillRect(0, 0, 641, 479);
    });
    const film = await makeFilm(
      request(file, sineWav(1.5 * RATE, 440), { movement }, { kind: 'picture', durationSeconds: 1.5 }),
      quiet(),
    );
    const made = await fileOf(film);
    const { packets, width, height } = await pictureFacts(made);
    expect(film).toMatchObject({ isVideoCopied: false, durationSeconds: 1.5, writtenBy: 'mediabunny' });
    expect([width, height]).toEqual([642, 480]);
    expect(packets).toHaveLength(45);
    packets.forEach(({ timestamp }, index) => expect(timestamp).toBeCloseTo(index / 30, 5));
    expect((await soundFacts(made))[0]!.endSeconds).toBeCloseTo(1.5, 3);
    const [last] = await framesOf(made, [1.4]);
    for (const at of [pixel(last!, 0, 0), pixel(last!, 641, 479)]) {
      [0, 136, 255].forEach((value, index) => expect(Math.abs(at[index]! - value)).toBeLessThan(12));
    }
  });
}

test('a still clip repeats what was coded once, and light on a dark ground to its end', async () => {
  const file = await picture(320, 200, (context) => {
    context.fillStyle = '#fff';
    context.fillRect(40, 40, 100, 100);
  });
  const film = await makeFilm(
    request(file, sineWav(23 * RATE, 440), { movement: 'still' }, { kind: 'picture' }),
    quiet(),
  );
  const made = await fileOf(film);
  const { packets } = await pictureFacts(made);
  expect(packets).toHaveLength(23 * 30);
  expect(packets.flatMap(({ isKey }, index) => (isKey ? [index] : []))).toEqual([0, 300, 600]);
  for (const frame of await framesOf(made, [0, 9.9, 10, 22.9])) {
    expect(pixel(frame, 90, 90)[0]).toBeGreaterThan(240);
    expect(pixel(frame, 200, 100)[0]).toBeLessThan(40);
  }
});

test('a gentle movement goes on evenly: nothing trembles', async () => {
  const file = await picture(640, 480, (context) => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, 640, 480);
    context.fillStyle = '#fff';
    context.fillRect(100, 220, 40, 40);
  });
  const film = await makeFilm(
    request(file, sineWav(4 * RATE, 440), {}, { kind: 'picture', durationSeconds: 4 }),
    quiet(),
  );
  const times = Array.from({ length: 90 }, (_, index) => (index + 15.5) / 30);
  const frames = await framesOf(await fileOf(film), times);
  const centres = frames.map(({ data, width }) => {
    let sum = 0;
    let weighted = 0;
    for (let i = 0; i < data.length; i += 4) {
      sum += data[i]!;
      weighted += data[i]! * ((i / 4) % width);
    }
    return weighted / sum;
  });
  const steps = centres.slice(1).map((centre, index) => centre - centres[index]!);
  const jerks = steps.slice(1).map((step, index) => Math.abs(step - steps[index]!));
  expect(Math.abs(centres.at(-1)! - centres[0]!)).toBeGreaterThan(0.3);
  expect(Math.max(...jerks)).toBeLessThan(0.15);
});

test('a large picture is filmed at 1920 pixels', async () => {
  const file = await picture(3000, 1500, (context) => context.fillRect(0, 0, 3000, 1500));
  const film = await makeFilm(
    request(file, sineWav(RATE, 440), { movement: 'still' }, { kind: 'picture', durationSeconds: 1 }),
    quiet(),
  );
  const { width, height } = await pictureFacts(await fileOf(film));
  expect([width, height]).toEqual([1920, 960]);
});

test('a WebM of a picture is had by asking for it', async () => {
  const file = await picture(200, 100, (context) => context.fillRect(0, 0, 200, 100));
  const film = await makeFilm(
    request(file, sineWav(RATE, 440), { container: 'webm' }, { kind: 'picture', durationSeconds: 1 }),
    quiet(),
  );
  expect(film).toMatchObject({ container: 'webm', videoCodec: 'vp9', audioCodec: 'opus' });
});
