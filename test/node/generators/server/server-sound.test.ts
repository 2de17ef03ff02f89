import { describe, expect, test } from 'vitest';
import type { ServerChoice } from '#lib/job/entries/soundtrack.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import type { AudioPart, JobEvent } from '#lib/protocol/job-event.ts';
import { newJobId } from '#lib/remote/remote-request.ts';
import { fitOf, generateSpec } from '#lib/generators/server/generate-spec.ts';
import { JobProgress, type ServerPhase } from '#lib/generators/server/job-progress.ts';
import { repeated } from '#lib/generators/server/repeat.ts';
import { WavPieces } from '#lib/generators/server/wav-pieces.ts';

const CHOICE: ServerChoice = {
  ...{ generator: 'server', engine: 'audioldm2', candidates: 2, steps: 25, guidance: 3.5, candidate: 1 },
};
const REQUEST: SoundtrackRequest = {
  ...{ musicPrompt: ' calm piano ', effectsPrompt: 'rain', negativePrompt: 'noise' },
  ...{ mood: { valence: 0, arousal: 0 }, cues: [], curve: [], cuts: [] },
  ...{ durationSeconds: 12.3456, seed: 7, kind: 'both' },
};

describe('the request to a server', () => {
  test('is the prompts, the length rounded up to hundredths, the seed and the options, and nothing of the picture', () => {
    expect(generateSpec(REQUEST, CHOICE)).toEqual({
      ...{ engine: 'audioldm2', music: 'calm piano', effects: 'rain', negative: 'noise' },
      ...{ seconds: 12.35, seed: 7, candidates: 2, steps: 25, guidance: 3.5 },
    });
  });

  test('leaves out tracks that are not requested', () => {
    expect(generateSpec({ ...REQUEST, kind: 'effects' }, CHOICE)).not.toHaveProperty('music');
    expect(generateSpec({ ...REQUEST, kind: 'music' }, CHOICE)).not.toHaveProperty('effects');
  });

  test('is cut to the limit of the protocol, without half a character', () => {
    const spec = generateSpec({ ...REQUEST, musicPrompt: 'a' + '😀'.repeat(1500) }, CHOICE);
    expect(spec.music!.length).toBe(1999);
    expect(spec.music!.isWellFormed()).toBe(true);
  });

  test.each([
    [0.2, 1, 'trimmed'],
    [1, 1, 'whole'],
    [300, 300, 'whole'],
    [300.5, 300, 'repeated'],
  ])('for a film of %f s asks for %f s, which is %s', (durationSeconds, seconds, fit) => {
    expect(generateSpec({ ...REQUEST, durationSeconds }, CHOICE).seconds).toBe(seconds);
    expect(fitOf(seconds, durationSeconds)).toBe(fit);
  });

  const scene = (
    startSeconds: number,
    endSeconds: number,
    music: string,
    effects: string,
    fadeSeconds = 0,
  ) => ({
    ...{ startSeconds, endSeconds, fadeSeconds, like: null, mood: { valence: 0, arousal: 0 }, places: [] },
    ...{ musicPrompt: '', effectsPrompt: '', prompts: { music, effects } },
  });
  const scenes = [
    scene(0, 4, 'calm piano', 'waves'),
    scene(4, 4.3, 'calm piano', 'a shout'),
    scene(4.3, 8, 'calm piano', 'waves'),
    scene(8, 12.3456, 'warm guitar', 'a camp fire', 3),
  ];

  test('has the prompts of each scene for an engine that takes them, and is valid', () => {
    const spec = generateSpec({ ...REQUEST, scenes }, { ...CHOICE, isSegmented: true });
    expect(spec.segments).toEqual([
      { seconds: 8, music: 'calm piano', effects: 'waves', fadeSeconds: 0 },
      { seconds: 4.35, music: 'warm guitar', effects: 'a camp fire', fadeSeconds: 3 },
    ]);
    expect(generateSpec({ ...REQUEST, scenes }, CHOICE)).not.toHaveProperty('segments');
    const onlyMusic = generateSpec({ ...REQUEST, scenes, kind: 'music' }, { ...CHOICE, isSegmented: true });
    expect(onlyMusic.segments!.map(({ effects }) => effects)).toEqual([undefined, undefined]);
    const same = [scene(0, 5, 'a', 'b'), scene(5, 12.3456, 'a', 'b')];
    expect(generateSpec({ ...REQUEST, scenes: same }, { ...CHOICE, isSegmented: true })).not.toHaveProperty(
      'segments',
    );
  });

  test('joins the shortest of more scenes than the protocol allows', () => {
    const many = Array.from({ length: 45 }, (_, at) => scene(2 * at, 2 * at + 2, `m${at}`, `e${at}`));
    const film = { ...REQUEST, scenes: many, durationSeconds: 90 };
    const { segments, seconds } = generateSpec(film, { ...CHOICE, isSegmented: true });
    expect(segments).toHaveLength(30);
    expect(segments!.reduce((sum, segment) => sum + segment.seconds, 0)).toBeCloseTo(seconds, 6);
  });

  test('needs a prompt', () => {
    const silent = { ...REQUEST, musicPrompt: ' ', effectsPrompt: '' };
    expect(() => generateSpec(silent, CHOICE)).toThrow('needs words');
  });
});

describe('a WAV that arrives in pieces', () => {
  test.each([1, 2, 3, 5, 44, 45, 100, 10_000])('of %i bytes returns every sample once', (size) => {
    const samples = Int16Array.from({ length: 500 }, (_, index) => index * 60 - 15_000);
    const file = new Uint8Array(44 + samples.byteLength);
    file.set(wavHeader(500, 16_000, 1));
    file.set(new Uint8Array(samples.buffer), 44);
    const pieces = new WavPieces(file.length);
    const got: number[] = [];
    for (let at = 0; at < file.length; at += size) {
      const piece = pieces.push(file.subarray(at, at + size));
      if (!piece) continue;
      expect(piece.left).toEqual(piece.right);
      got.push(...piece.left);
    }
    expect(got).toEqual(Array.from(samples, (sample) => sample / 32_768));
    expect(pieces.layout).toMatchObject({ sampleRate: 16_000, channels: 1, frames: 500 });
  });
});

describe('sound that is repeated', () => {
  const FRAMES = 1000;
  /** Two unrelated signals, so that the power of a mix is known. */
  const read = (start: number, count: number) => ({
    left: Float32Array.from({ length: count }, (_, index) => start + index),
    right: Float32Array.from({ length: count }, (_, index) => Math.sin((start + index) ** 2)),
  });

  test('is trimmed when it has to be shorter', () => {
    expect(repeated(FRAMES, 700, 1000, read)).toBe(read);
  });

  test('is the same in sections of any length', () => {
    const sound = repeated(FRAMES, 5000, 100, read);
    const whole = sound(0, 5000).left;
    for (const [start, count] of [
      [0, 1],
      [740, 30],
      [999, 300],
      [2999, 2001],
    ] as const) {
      expect(sound(start, count).left).toEqual(whole.subarray(start, start + count));
    }
  });

  test('is repeated with crossfades of equal power', () => {
    // A quarter of 1000 frames is shorter than four seconds at this rate.
    const { right } = repeated(FRAMES, 100_000, 1000, read)(0, 100_000);
    const power = (from: number, to: number) =>
      right.subarray(from, to).reduce((sum, sample) => sum + sample ** 2, 0) / (to - from);
    expect(power(0, 750)).toBeCloseTo(0.5, 1);
    for (let turn = 1; turn < 50; turn++) expect(power(turn * 750, turn * 750 + 250)).toBeCloseTo(0.5, 0);
    const mean = Array.from({ length: 100 }, (_, turn) => power((turn + 1) * 750, (turn + 1) * 750 + 250));
    expect(mean.reduce((sum, value) => sum + value, 0) / 100).toBeCloseTo(0.5, 1);
  });
});

describe('the progress of a job', () => {
  const job = newJobId();
  const part: AudioPart = {
    ...{ index: 0, kind: 'music', candidate: 0, offset: 0, bytes: 100, sampleRate: 16_000, channels: 1 },
  };
  const at = (seq: number) => ({ job, seq });

  test('never decreases, and ends with the last byte and the result', () => {
    const reports: [number, ServerPhase][] = [];
    const progress = new JobProgress(1, (fraction, phase) => reports.push([fraction, phase]));
    const events: JobEvent[] = [
      { t: 'accepted', ...at(1), position: 2, etaMs: 9000 },
      { t: 'queued', ...at(2), position: 1, etaMs: 5000 },
      { t: 'started', ...at(3), etaMs: 4000 },
      { t: 'progress', ...at(4), stage: 'diffuse', step: 12, of: 25, etaMs: 2000 },
    ];
    for (const event of events) progress.note(event);
    progress.note({ t: 'bytes', part, at: 0, bytes: new Uint8Array(60) });
    progress.note({ t: 'progress', ...at(5), stage: 'vocode', step: 1, of: 2, etaMs: 100 });
    progress.note({ t: 'bytes', part, at: 60, bytes: new Uint8Array(40) });
    progress.fit(0.5);
    const fractions = reports.map(([fraction]) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(reports.map(([, { is }]) => is)).toEqual([
      'asking',
      'queued',
      'queued',
      'working',
      'working',
      'arriving',
      'arriving',
      'fitting',
    ]);
    expect(reports[4]![1]).toEqual({ is: 'working', stage: 'diffuse', step: 12, of: 25, etaMs: 2000 });
    expect(fractions.at(-1)).toBeCloseTo(0.98);
  });

  test('sound that comes between the steps of an engine counts by what has arrived', () => {
    const reports: [number, ServerPhase][] = [];
    const progress = new JobProgress(2, (fraction, phase) => reports.push([fraction, phase]));
    for (let tenth = 1; tenth <= 5; tenth++) {
      progress.note({ t: 'progress', ...at(tenth), stage: 'render', step: tenth, of: 20, etaMs: null });
      progress.note({ t: 'bytes', part, at: (tenth - 1) * 10, bytes: new Uint8Array(10) });
    }
    const [fraction, phase] = reports.at(-1)!;
    expect(phase).toEqual({ is: 'arriving', fraction: 0.25 });
    expect(fraction).toBeCloseTo(0.05 + 0.93 * 0.25, 5);
    expect(reports.slice(3).map(([, { is }]) => is)).toEqual(reports.slice(3).map(() => 'arriving'));
  });

  test('a full queue says when the job is submitted again', () => {
    const reports: ServerPhase[] = [];
    const progress = new JobProgress(1, (_, phase) => reports.push(phase));
    progress.note({ t: 'full', retryAfterMs: 3000 });
    expect(reports.at(-1)).toEqual({ is: 'full', retryAfterMs: 3000 });
  });
});
