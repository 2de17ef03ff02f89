/** Reads the next 256 frames of a cached signal into two zeroed arrays; false when they are silent. */
export type BlockReader = (left: Float32Array, right: Float32Array) => boolean;

/** Writes the next 256 frames of a signal; if they are silent the arrays need not be read. */
export type BlockWriter = (left: Float32Array, right: Float32Array, isSilent: boolean) => void;

/**
 * A cache of the signals that a stem is mixed from: each instrument part and each layer, before its level and sends
 * (and a layer before its pan and distance), so that an edit renders only what it changes. A key holds everything that
 * a signal depends on, so a cached signal has the same samples as a rendered one.
 */
export interface RenderCache {
  /** Reads a signal from its beginning; undefined when it is not cached. */
  read(key: string): BlockReader | undefined;
  /** Writes a signal from its beginning; undefined when it can't be cached. */
  write(key: string): BlockWriter | undefined;
}

/** Part of every key: incremented whenever the same score gives other samples. */
export const RENDER_VERSION = 3;
