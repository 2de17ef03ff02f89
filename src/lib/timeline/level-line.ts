import type { Line } from '#lib/job/score.ts';
import { lineAt } from '#lib/media/audio/line.ts';

/** Levels at the bottom and at the top of a clip, dB. */
const LOW_DB = -36;
const HIGH_DB = 12;
/** No two points of a line are nearer, seconds. */
const APART_SECONDS = 0.02;
const MOST_POINTS = 50;

/** Where a level lies between the bottom (0) and the top (1) of a clip. */
export function levelHeight(decibels: number): number {
  return Math.min(1, Math.max(0, (decibels - LOW_DB) / (HIGH_DB - LOW_DB)));
}

/** The level at a height. */
export function levelAt(height: number): number {
  return LOW_DB + Math.min(1, Math.max(0, height)) * (HIGH_DB - LOW_DB);
}

/** A line with one more point, on the line. */
export function withPoint(line: Line, atSeconds: number): Line {
  if (
    line.length >= MOST_POINTS ||
    line.some((point) => Math.abs(point.atSeconds - atSeconds) < APART_SECONDS)
  )
    return line;
  return [...line, { atSeconds, value: lineAt(line, atSeconds) }].sort((a, b) => a.atSeconds - b.atSeconds);
}

export function withoutPoint(line: Line, index: number): Line {
  return line.filter((_, k) => k !== index);
}

/** A line with a point moved; it stays between its neighbours. */
export function movePoint(line: Line, index: number, seconds: number, value: number, length: number): Line {
  const low = index > 0 ? line[index - 1]!.atSeconds + APART_SECONDS : 0;
  const high = index < line.length - 1 ? line[index + 1]!.atSeconds - APART_SECONDS : length;
  return line.map((point, k) =>
    k === index
      ? {
          atSeconds: Math.min(high, Math.max(low, Math.round((point.atSeconds + seconds) * 1000) / 1000)),
          value: Math.min(24, Math.max(-60, Math.round((point.value + value) * 10) / 10)),
        }
      : point,
  );
}
