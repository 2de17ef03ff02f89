import type { Layer, MusicPlan, Part, Score, Section, SoundEvent } from './score.ts';
import type { CatalogueSound } from './sound-catalogue.ts';

/** Minimum length of a layer, and minimum time between the start of an event and the end. */
const SHORTEST_SECONDS = 0.1;

/** The edits of a score. Each returns a new score with values within their limits. */
export const edits = {
  part: (score: Score, index: number, change: Partial<Part>): Score =>
    withMusic(score, (music) => ({ ...music, parts: changed(music.parts, index, bounded(change)) })),

  dropPart: (score: Score, index: number): Score =>
    withMusic(score, (music) => ({ ...music, parts: music.parts.filter((_, k) => k !== index) })),

  section: (score: Score, index: number, change: Partial<Section>): Score =>
    withMusic(score, (music) => ({ ...music, sections: changed(music.sections, index, bounded(change)) })),

  mood: (score: Score, change: Partial<Score['mood']>): Score => ({
    ...score,
    mood: {
      valence: within(change.valence ?? score.mood.valence, -1, 1),
      arousal: within(change.arousal ?? score.mood.arousal, -1, 1),
    },
  }),

  layer(score: Score, index: number, change: Partial<Layer>): Score {
    const layers = changed(score.layers, index, bounded(change));
    return {
      ...score,
      layers: layers.map((layer, k) => (k === index ? timed(layer, score, change) : layer)),
    };
  },

  dropLayer: (score: Score, index: number): Score => ({
    ...score,
    layers: score.layers.filter((_, k) => k !== index),
  }),

  event(score: Score, index: number, change: Partial<SoundEvent>): Score {
    const latest = Math.max(0, score.durationSeconds - SHORTEST_SECONDS);
    const wanted = { ...bounded(change) };
    if (wanted.atSeconds !== undefined) wanted.atSeconds = tidy(within(wanted.atSeconds, 0, latest));
    if (wanted.durationSeconds !== undefined)
      wanted.durationSeconds = tidy(within(wanted.durationSeconds, SHORTEST_SECONDS, 60));
    const events = changed(score.events, index, wanted);
    // A sound that the user placed is not cut off with the scene that it was planned for.
    const isPlaced = 'atSeconds' in wanted || 'durationSeconds' in wanted;
    return {
      ...score,
      events: isPlaced ? events.map((event, k) => (k === index ? whole(event) : event)) : events,
    };
  },

  dropEvent: (score: Score, index: number): Score => ({
    ...score,
    events: score.events.filter((_, k) => k !== index),
  }),

  /** Adds layers and events as they are; they sound a little different from others of their recipe. */
  place(score: Score, layers: readonly Layer[], events: readonly SoundEvent[]): Score {
    const next = { ...score, layers: [...score.layers], events: [...score.events] };
    for (const layer of layers) next.layers.push({ ...layer, variation: freshVariation(next, layer.recipe) });
    for (const event of events) next.events.push({ ...event, variation: freshVariation(next, event.recipe) });
    return next;
  },

  /** Adds a sound at a time: a layer lasts to the end, and one that would start near the beginning starts there. */
  add(score: Score, { recipe, kind, seconds }: CatalogueSound, atSeconds: number): Score {
    const common = { recipe, pan: 0, distance: 0.2, intensity: 0.6, isMuted: false, because: 'you' };
    const variation = freshVariation(score, recipe);
    const { durationSeconds } = score;
    if (kind === 'layer') {
      const startSeconds = atSeconds < 0.5 || atSeconds > durationSeconds - 1 ? 0 : tidy(atSeconds);
      const layer = { ...common, variation, gainDb: -4, startSeconds, endSeconds: durationSeconds };
      return { ...score, layers: [...score.layers, layer] };
    }
    const at = tidy(within(atSeconds, 0, Math.max(0, durationSeconds - SHORTEST_SECONDS)));
    const event = { ...common, variation, gainDb: -3, atSeconds: at, durationSeconds: seconds, panTo: 0 };
    return { ...score, events: [...score.events, event] };
  },
} as const;

/** A variation that no sound of this recipe has. */
export function freshVariation(score: Score, recipe: string): number {
  const same = [...score.layers, ...score.events].filter((sound) => sound.recipe === recipe);
  return Math.max(-1, ...same.map((sound) => sound.variation ?? 0)) + 1;
}

function whole({ untilSeconds: _, ...event }: SoundEvent): SoundEvent {
  return event;
}

function withMusic(score: Score, change: (music: MusicPlan) => MusicPlan): Score {
  return score.music ? { ...score, music: change(score.music) } : score;
}

function changed<T>(list: readonly T[], index: number, change: Partial<T>): T[] {
  return list.map((each, k) => (k === index ? { ...each, ...change } : each));
}

/** Clamps levels, positions and intensities to the limits of the schema; leaves out what is not a number. */
function bounded<T extends object>(change: T): T {
  const bounds: Record<string, [number, number]> = {
    gainDb: [-60, 12],
    pan: [-1, 1],
    panTo: [-1, 1],
    distance: [0, 1],
    intensity: [0, 1],
  };
  const entries = Object.entries(change as Record<string, unknown>)
    .filter(([, value]) => typeof value !== 'number' || Number.isFinite(value))
    .map(([name, value]) => {
      const bound = bounds[name];
      return [name, bound && typeof value === 'number' ? within(value, ...bound) : value];
    });
  return Object.fromEntries(entries) as T;
}

/** A layer with its times in order: the one that was not changed moves. */
function timed(layer: Layer, { durationSeconds }: Score, change: Partial<Layer>): Layer {
  let { startSeconds, endSeconds } = layer;
  if (change.startSeconds !== undefined && change.endSeconds === undefined)
    startSeconds = within(startSeconds, 0, endSeconds - SHORTEST_SECONDS);
  startSeconds = within(startSeconds, 0, durationSeconds);
  endSeconds = within(endSeconds, startSeconds + SHORTEST_SECONDS, durationSeconds);
  return { ...layer, startSeconds: tidy(startSeconds), endSeconds: tidy(endSeconds) };
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Rounds to milliseconds, which are precise enough and readable. */
function tidy(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000) / 1000);
}
