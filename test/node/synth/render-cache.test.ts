import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import type { Layer, Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { renderStem, cacheKeys } from '#lib/synth/render.ts';
import type { RenderCache } from '#lib/synth/render-cache.ts';
import { musicRequest } from './music/analysis.ts';

// Rendering takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A cache in memory that records its calls. */
class MemoryCache implements RenderCache {
  readonly signals = new Map<string, (readonly [Float32Array, Float32Array] | null)[]>();
  made: string[] = [];
  found: string[] = [];

  read(key: string) {
    const blocks = this.signals.get(key);
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
    this.signals.set(key, blocks);
    this.made.push(key);
    return (left: Float32Array, right: Float32Array, isSilent: boolean) => {
      blocks.push(isSilent ? null : [left.slice(), right.slice()]);
    };
  }

  /** Clears the record. */
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

function digest(edited: Score, stem: 'music' | 'effects', cache?: RenderCache): string {
  const hash = createHash('sha256');
  for (const { left, right } of renderStem(edited, stem, cache)) {
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
  'gives the same samples of the %s without a cache, with an empty one and with a full one',
  (stem) => {
    const cache = new MemoryCache();
    const plain = digest(score, stem);
    expect(digest(score, stem, cache)).toBe(plain);
    expect(cache.made).toEqual(cacheKeys(score, stem));
    cache.begin();
    expect(digest(score, stem, cache)).toBe(plain);
    expect([cache.made, cache.found]).toEqual([[], cacheKeys(score, stem)]);
  },
);

it('renders nothing again when a part is dropped, and one part when its instrument is swapped', () => {
  const cache = new MemoryCache();
  digest(score, 'music', cache);
  const dropped = withParts((parts) => parts.splice(1, 1));
  const swapped = withParts((parts) => (parts[1] = { ...parts[1]!, instrument: 'harp' }));
  for (const [edited, made] of [
    [dropped, 0],
    [swapped, 1],
  ] as const) {
    cache.begin();
    expect(digest(edited, 'music', cache)).toBe(digest(edited, 'music'));
    expect(cache.made).toHaveLength(made);
    expect(digest(edited, 'music')).not.toBe(digest(score, 'music'));
  }
});

it('renders nothing again when levels, mutes, places or events change', () => {
  const cache = new MemoryCache();
  digest(score, 'music', cache);
  digest(score, 'effects', cache);
  const louder = withParts((parts) => (parts[0]!.gainDb += 3));
  const muted = withParts((parts) => (parts[0]!.isMuted = true));
  const placed = withLayers((layers) => Object.assign(layers[0]!, { pan: -0.6, gainDb: -3, distance: 0.7 }));
  const fewer = withLayers((layers) => layers.pop());
  const noEvents = { ...score, events: [] };
  cache.begin();
  for (const edited of [louder, muted]) expect(digest(edited, 'music', cache)).toBe(digest(edited, 'music'));
  for (const edited of [placed, fewer, noEvents])
    expect(digest(edited, 'effects', cache)).toBe(digest(edited, 'effects'));
  expect(cache.made).toEqual([]);
});

it('reads a layer that is moved, and renders one again that is longer, stronger or another performance', () => {
  const cache = new MemoryCache();
  const short = withLayers((layers) => Object.assign(layers[0]!, { startSeconds: 1, endSeconds: 3 }));
  digest(short, 'effects', cache);
  const edit = (change: Partial<Layer>) => ({
    ...short,
    layers: short.layers.map((layer, k) => (k === 0 ? { ...layer, ...change } : layer)),
  });
  const made = (change: Partial<Layer>) => {
    cache.begin();
    const edited = edit(change);
    expect(digest(edited, 'effects', cache)).toBe(digest(edited, 'effects'));
    return cache.made.length;
  };
  expect(made({ startSeconds: 1.6, endSeconds: 3.6 })).toBe(0);
  expect(made({ endSeconds: 3.5 })).toBe(1);
  expect(made({ intensity: 0.93 })).toBe(1);
  expect(made({ variation: 7 })).toBe(1);
});
