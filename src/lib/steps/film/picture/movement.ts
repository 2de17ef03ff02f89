import type { Size } from './clip-size.ts';

/** The point that the zoom goes to: fractions of width and height, 0 … 1. */
export interface Focus {
  x: number;
  y: number;
}

/** The part of a picture that one frame shows, in fractional pixels. */
export interface View extends Size {
  x: number;
  y: number;
}

/** Maximum zoom of a clip, and its speed, which keeps short clips calm: fractions, and fractions per second. */
export const MAX_ZOOM = 0.08;
const ZOOM_PER_SECOND = 0.008;

/**
 * The visible part in a slow zoom ("Ken Burns") at a time: it starts with the whole picture, eases in and out (half a
 * cosine), and keeps the focus in place.
 */
export function kenBurnsView(size: Size, focus: Focus, seconds: number, durationSeconds: number): View {
  const zoom = 1 + Math.min(MAX_ZOOM, ZOOM_PER_SECOND * durationSeconds) * ease(seconds / durationSeconds);
  const width = size.width / zoom;
  const height = size.height / zoom;
  return { width, height, x: focus.x * (size.width - width), y: focus.y * (size.height - height) };
}

function ease(fraction: number): number {
  return (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, fraction)))) / 2;
}
