import { describe, expect, it } from 'vitest';
import type { CameraPoint, Cue } from '#lib/job/score.ts';
import { cameraPath } from '#lib/synth/evidence/camera.ts';
import { ObjectTrack } from '#lib/synth/evidence/object-track.ts';

/** Boxes of one thing whose left edge is `x(t)`. */
function cue(label: string, x: (t: number) => number, { width = 0.2, every = 0.25, seconds = 8 } = {}): Cue {
  const times = [];
  for (let at = 0; at <= seconds; at += every)
    times.push({ atSeconds: at, x: x(at), y: 0.5, width, height: width });
  return { label, score: 0.9, times };
}

const trackOf = (seen: Cue, others: Cue[] = [], camera?: CameraPoint[]) =>
  new ObjectTrack(seen, {
    seconds: seen.times.map(({ atSeconds }) => atSeconds),
    durationSeconds: 9,
    camera: cameraPath([seen, ...others], camera),
  });
/** A box that wanders by ±4 % of its size, the same at every run. */
const wander = (t: number) => 0.4 + 0.008 * Math.sin(t * 37) + 0.008 * Math.sin(t * 101);
const pan = (t: number) => 0.1 + 0.05 * t;

describe('motion', () => {
  it.each([0.25, 1, 2])('a parked thing whose box wanders stands, with a look every %s s', (every) => {
    expect(trackOf(cue('car', wander, { every })).isMoving).toBe(false);
  });

  it.each([0.25, 1, 2])('a thing that crosses the picture moves, with a look every %s s', (every) => {
    expect(trackOf(cue('car', pan, { every })).isMoving).toBe(true);
  });

  it('somebody who bends stands, and a thing that comes in at an edge moves', () => {
    const boxes = (place: (t: number) => { x: number; width: number }) => ({
      label: 'person',
      score: 0.9,
      times: Array.from({ length: 9 }, (_, at) => ({
        atSeconds: at / 2,
        y: 0.3,
        height: 0.5,
        ...place(at / 2),
      })),
    });
    const bending = boxes((t) => ({ x: 0.3, width: 0.15 + (t % 2 >= 1 ? 0.12 : 0) }));
    expect(trackOf(bending).isMoving).toBe(false);
    const coming = boxes((t) => ({ x: 0, width: Math.min(0.9, 0.05 + 0.3 * t) }));
    expect(trackOf(coming).isMoving).toBe(true);
  });

  it('is that of the looks; a thing that was looked at once is followed, and weighed as seen once', () => {
    const once = cue('car', pan, { every: 0.2, seconds: 3 });
    const followed = {
      ...once,
      times: once.times.map((box, at) => (at === 5 ? box : { ...box, isFollowed: true })),
    };
    const looks = { seconds: [0, 1, 2, 3], durationSeconds: 9, camera: cameraPath([followed], undefined) };
    const track = new ObjectTrack(followed, looks);
    expect(track.isMoving).toBe(true);
    expect(track.isSingle).toBe(true);
    expect(track.speed).toBeCloseTo(0.25, 1);
    expect(track.evidence.certainty).toBeLessThan(trackOf(once).evidence.certainty);
    expect(track.startSeconds).toBe(0);
    expect(track.endSeconds).toBeCloseTo(2.8, 6);
  });

  it('is measured in sizes of the thing: a distant thing moves as much as a near one', () => {
    const near = trackOf(cue('car', (t) => 0.1 + 0.1 * t, { width: 0.4, seconds: 4 }));
    const far = trackOf(cue('car', (t) => 0.1 + 0.02 * t, { width: 0.08, seconds: 4 }));
    expect(near.isMoving).toBe(true);
    expect(far.isMoving).toBe(true);
    expect(far.speed).toBeCloseTo(near.speed, 6);
  });

  it('starts and stops with the thing', () => {
    const path = (t: number) => 0.2 + 0.2 * Math.min(1, Math.max(0, (t - 3) / 2));
    const [[from, to] = [0, 0], ...others] = trackOf(cue('dog', path)).movingStretches();
    expect(others).toHaveLength(0);
    expect(Math.abs(from - 3)).toBeLessThan(0.8);
    expect(Math.abs(to - 5)).toBeLessThan(0.8);
  });

  it('in a stream of things, a box may be followed by that of another one', () => {
    expect(trackOf(cue('car', (t) => (t % 2 ? 0.1 : 0.7), { every: 1 })).isStream).toBe(true);
    expect(trackOf(cue('car', pan, { every: 1 })).isStream).toBe(false);
  });
});

describe('the camera', () => {
  const measured = [0, 8].map((atSeconds) => ({ atSeconds, x: 0.05 * atSeconds, y: 0 }));

  it('is taken off as it was measured', () => {
    expect(trackOf(cue('car', pan), [], measured).isMoving).toBe(false);
    expect(trackOf(cue('car', wander), [], measured).isMoving).toBe(true);
  });

  it('moves with standing things', () => {
    expect(trackOf(cue('car', pan), [cue('bench', pan)]).isMoving).toBe(false);
  });

  it('moves with several kinds of things that move alike, but not with a column of cars', () => {
    const alike = [cue('person', pan), cue('dog', pan)];
    expect(trackOf(cue('car', pan), alike).isMoving).toBe(false);
    expect(trackOf(cue('car', pan), [cue('car', pan), cue('car', pan)]).isMoving).toBe(true);
  });
});

describe('place', () => {
  it('pans and interpolates between looks', () => {
    const track = trackOf(cue('dog', (t) => 0.1 * t, { every: 2, seconds: 8 }));
    expect(track.panAt(4)).toBeCloseTo(0, 6);
    expect(track.panAt(5)).toBeCloseTo(0.18, 6);
  });

  it('is nearest in the middle of the time for which it is largest', () => {
    const times = [0, 1, 2, 3].map((atSeconds, i) => ({
      atSeconds,
      ...{ x: 0.2, y: 0.2, width: [0.1, 0.3, 0.3, 0.1][i]!, height: 0.2 },
    }));
    expect(trackOf({ label: 'car', score: 0.9, times }).nearestSeconds).toBe(1.5);
  });
});
