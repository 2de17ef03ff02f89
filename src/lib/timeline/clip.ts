import type { Clip } from '#lib/job/entries/assemble.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { Layer, Line, Score, SoundEvent } from '#lib/job/score.ts';

/** The tracks that have clips, from the top. */
export const TRACKS = ['ambience', 'effects', 'music', 'voice'] as const;
export type TrackId = (typeof TRACKS)[number];

/** What the clips of a timeline are made from, and what their edits change. */
export interface Content {
  /** The score of the take; null where it has none, as that of a server. */
  score: Score | null;
  /** The user's own sounds, and parts that were made anew. */
  clips: readonly Clip[];
}

/** Where a clip lies in the content. */
export interface Place {
  in: 'layers' | 'events' | 'clips';
  index: number;
}

/** A clip as it is shown and edited, whatever it is made from. Times in seconds from the beginning of the film. */
export interface TimelineClip {
  /** Stays the same while it is edited. */
  key: string;
  place: Place;
  track: TrackId;
  /** The recipe of a sound, or the name of an own one. */
  name: string;
  startSeconds: number;
  endSeconds: number;
  /** How far into its sound it begins. */
  offsetSeconds: number;
  fadeInSeconds: number;
  fadeOutSeconds: number;
  gainDb: number;
  gainLine: Line;
  pan: number;
  panLine: Line;
  isMuted: boolean;
  /** How strong the source of a made sound is, and how far away, 0 … 1; absent from own sounds. */
  intensity?: number;
  distance?: number;
  /** Why it is there; absent from own sounds. */
  reason?: Pick<Layer, 'because' | 'from'>;
  /** Whether it takes the place of what its track has there. */
  replaces: boolean;
  /** The waveform of an own sound; absent from what is made. */
  wave?: Pick<Stem, 'peaks' | 'samples'>;
}

/** A layer without fades of its own fades over this long around its start and its end. */
const USUAL_FADE_SECONDS = 0.4;

/** The clips of a timeline, in the order of the content. */
export function clipsOf({ score, clips }: Content): TimelineClip[] {
  const { layers = [], events = [], durationSeconds = Infinity } = score ?? {};
  const seen = new Map<string, number>();
  return [
    ...layers.map((layer, index) => {
      // Parts of one sound that was split have the same number.
      const sound = `layer ${layer.recipe} ${layer.variation ?? index}`;
      const count = (seen.get(sound) ?? 0) + 1;
      seen.set(sound, count);
      return fromLayer(layer, index, count === 1 ? sound : `${sound} ${count}`);
    }),
    ...events.map((event, index) => fromEvent(event, index, durationSeconds)),
    ...clips.map(fromOwn),
  ];
}

function fromLayer(layer: Layer, index: number, key: string): TimelineClip {
  const { recipe, startSeconds, endSeconds, offsetSeconds = 0, gainDb, pan, isMuted } = layer;
  return {
    key,
    place: { in: 'layers', index },
    track: 'ambience',
    name: recipe,
    ...{ startSeconds, endSeconds, offsetSeconds, gainDb, pan, isMuted },
    fadeInSeconds: layer.fadeInSeconds ?? (startSeconds > 0 ? USUAL_FADE_SECONDS : 0),
    fadeOutSeconds: layer.fadeOutSeconds ?? USUAL_FADE_SECONDS,
    gainLine: layer.gainLine ?? [],
    panLine: layer.panLine ?? [],
    intensity: layer.intensity,
    distance: layer.distance,
    reason: layer,
    replaces: false,
  };
}

function fromEvent(event: SoundEvent, index: number, durationSeconds: number): TimelineClip {
  const { recipe, atSeconds, offsetSeconds = 0, untilSeconds = Infinity, gainDb, pan, isMuted } = event;
  const rest = Math.max(0, event.durationSeconds - offsetSeconds);
  return {
    key: `event ${index}`,
    place: { in: 'events', index },
    track: 'effects',
    name: recipe,
    startSeconds: atSeconds,
    endSeconds: Math.min(atSeconds + rest, untilSeconds, durationSeconds),
    ...{ offsetSeconds, gainDb, pan, isMuted },
    fadeInSeconds: event.fadeInSeconds ?? 0,
    fadeOutSeconds: event.fadeOutSeconds ?? 0,
    gainLine: event.gainLine ?? [],
    panLine: event.panLine ?? pannedLine(event),
    intensity: event.intensity,
    distance: event.distance,
    reason: event,
    replaces: false,
  };
}

/** The key of a clip of the user's own. */
export function keyOfOwn({ id }: Pick<Clip, 'id'>): string {
  return `own ${id}`;
}

function fromOwn(clip: Clip, index: number): TimelineClip {
  const { source } = clip;
  return {
    ...clip,
    key: keyOfOwn(clip),
    place: { in: 'clips', index },
    pan: 0,
    ...(source.from === 'file' && { wave: source }),
  };
}

/** The movement of a sound that goes from one side to the other, as a line. */
function pannedLine({ pan, panTo, durationSeconds }: SoundEvent): Line {
  if (pan === panTo) return [];
  return [
    { atSeconds: 0, value: pan },
    { atSeconds: durationSeconds, value: panTo },
  ];
}
