/** Gives the next 256 frames of a track in two zeroed arrays; false when they are silent. */
export type TrackReader = (left: Float32Array, right: Float32Array) => boolean;

/** Takes the next 256 frames of a track; what is silent need not be looked at. */
export type TrackWriter = (left: Float32Array, right: Float32Array, isSilent: boolean) => void;

/**
 * Where the single tracks of a mix are kept between two renderings: a part of the music or a layer of the effects
 * before its level, its place and its room, in which the next edit may change something. A key says everything that a
 * track depends on, so what is read is what would be made.
 */
export interface TrackShelf {
  /** A track from its beginning; undefined when it isn't there. */
  read(key: string): TrackReader | undefined;
  /** Where to write a track from its beginning; undefined when there is no room for it. */
  write(key: string): TrackWriter | undefined;
}

/** Counts up whenever a track of the same key would give other samples. */
export const TRACK_VERSION = 2;
