import type { EditList } from './edit-list.ts';

const HEADER = ['track', 'name', 'start', 'end', 'gain_db', 'pan', 'why', 'file'];

/**
 * All clips and markers of an edit list as CSV (RFC 4180): one line each, times in seconds, in the order of their start
 * within a track. Markers come last, on the track `marker`, with equal start and end.
 */
export function toCsv({ tracks, markers }: EditList): string {
  const clips = tracks.flatMap(({ name: track, clips }) =>
    [...clips]
      .sort((a, b) => a.startSeconds - b.startSeconds)
      .map(({ name, startSeconds, endSeconds, gainDb, pan = 0, why = '', mediaName }) => [
        ...[track, name, seconds(startSeconds), seconds(endSeconds), tidy(gainDb)],
        ...[tidy(pan), why, mediaName ?? ''],
      ]),
  );
  const marks = markers.map(({ kind, name, atSeconds }) => [
    ...['marker', name, seconds(atSeconds), seconds(atSeconds), '', '', kind, ''],
  ]);
  return [HEADER, ...clips, ...marks].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function seconds(value: number): string {
  return value.toFixed(3);
}

function tidy(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
