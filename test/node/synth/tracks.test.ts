import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import type { Layer, Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { renderStem, trackKeys } from '#lib/synth/render.ts';
import type { TrackShelf } from '#lib/synth/tracks.ts';
import { musicRequest } from './music/analysis.ts';

// Rendering takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A shelf in memory that notes what is asked of it. */
class MemoryShelf implements TrackShelf {
  readonly tracks = new Map<string, (readonly [Float32Array, Float32Array] | null)[]>();
  made: string[] = [];
  found: string[] = [];

  read(key: string) {
    const blocks = this.tracks.get(key);
    if (!blocks) return undefined;
    this.found.push(key);
    let at = 0;
    return (left: Float32Array, right: Float32Array) => {
      const block = blocks[at++];
      if (!block) return false;
      left.set(block[0]);
      right.set(block[1]);
      return true;
    };
  }

  write(key: string) {
    const blocks: (readonly [Float32Array, Float32Array] | null)[] = [];
    this.tracks.set(key, blocks);
    this.made.push(key);
    return (left: Float32Array, right: Float32Array, isSilent: boolean) => {
      blocks.push(isSilent ? null : [left.slice(), right.slice()]);
    };
  }

  /** Forgets what was asked so far. */
  begin() {
    this.made = [];
    this.found = [];
  }
}

const score = planScore(
  musicRequest({
    musicPrompt: 'warm cinematic',
    effectsPrompt: 'waves, wind, dog',
    kind: 'both',
    durationSeconds: 5,
    cuts: [{ atSeconds: 2.5, weight: 0.9 }],
  }),
);

function digest(edited: Score, stem: 'music' | 'effects', shelf?: TrackShelf): string {
  const hash = createHash('sha256');
  for (const { left, right } of renderStem(edited, stem, shelf)) {
    hash.update(new Uint8Array(left.buffer)).update(new Uint8Array(right.buffer));
  }
  return hash.digest('hex');
}

const withParts = (change: (parts: NonNullable<Score['music']>['parts']) => unknown): Score => {
  const edited = structuredClone(score);
  change(edited.music!.parts);
  return edited;
};
const withLayers = (change: (layers: Layer[]) => unknown): Score => {
  const edited = structuredClone(score);
  change(edited.layers);
  return edited;
};

it.each(['music', 'effects'] as const)(
  'gives the same samples of the %s without a shelf, with an empty one and with a full one',
  (stem) => {
    const shelf = new MemoryShelf();
    const plain = digest(score, stem);
    expect(digest(score, stem, shelf)).toBe(plain);
    expect(shelf.made).toEqual(trackKeys(score, stem));
    shelf.begin();
    expect(digest(score, stem, shelf)).toBe(plain);
    expect([shelf.made, shelf.found]).toEqual([[], trackKeys(score, stem)]);
  },
);

it('plays the other parts as before when one is dropped, and a swapped instrument alone anew', () => {
  const shelf = new MemoryShelf();
  digest(score, 'music', shelf);
  const dropped = withParts((parts) => parts.splice(1, 1));
  const swapped = withParts((parts) => (parts[1] = { ...parts[1]!, instrument: 'harp' }));
  for (const [edited, made] of [
    [dropped, 0],
    [swapped, 1],
  ] as const) {
    shelf.begin();
    expect(digest(edited, 'music', shelf)).toBe(digest(edited, 'music'));
    expect(shelf.made).toHaveLength(made);
    expect(digest(edited, 'music')).not.toBe(digest(score, 'music'));
  }
});

it('makes no track again when levels, mutes, places or events change', () => {
  const shelf = new MemoryShelf();
  digest(score, 'music', shelf);
  digest(score, 'effects', shelf);
  const louder = withParts((parts) => (parts[0]!.gainDb += 3));
  const muted = withParts((parts) => (parts[0]!.isMuted = true));
  const placed = withLayers((layers) => Object.assign(layers[0]!, { pan: -0.6, gainDb: -3, distance: 0.7 }));
  const fewer = withLayers((layers) => layers.pop());
  const noEvents = { ...score, events: [] };
  shelf.begin();
  for (const edited of [louder, muted]) expect(digest(edited, 'music', shelf)).toBe(digest(edited, 'music'));
  for (const edited of [placed, fewer, noEvents])
    expect(digest(edited, 'effects', shelf)).toBe(digest(edited, 'effects'));
  expect(shelf.made).toEqual([]);
});

it('keeps a layer that is moved, and makes one anew that is longer, stronger or another performance', () => {
  const shelf = new MemoryShelf();
  const short = withLayers((layers) => Object.assign(layers[0]!, { startSeconds: 1, endSeconds: 3 }));
  digest(short, 'effects', shelf);
  const edit = (change: Partial<Layer>) => ({
    ...short,
    layers: short.layers.map((layer, k) => (k === 0 ? { ...layer, ...change } : layer)),
  });
  const made = (change: Partial<Layer>) => {
    shelf.begin();
    const edited = edit(change);
    expect(digest(edited, 'effects', shelf)).toBe(digest(edited, 'effects'));
    return shelf.made.length;
  };
  expect(made({ startSeconds: 1.6, endSeconds: 3.6 })).toBe(0);
  expect(made({ endSeconds: 3.5 })).toBe(1);
  expect(made({ intensity: 0.93 })).toBe(1);
  expect(made({ variation: 7 })).toBe(1);
});
