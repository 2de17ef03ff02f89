import type { Caption } from './share.ts';

/** Captions as a WebVTT file (W3C), in brackets as is usual for sounds: `[dog barks]`. */
export function toWebVtt(captions: readonly Caption[]): string {
  const cues = captions.map(({ startSeconds, endSeconds, text }) => {
    // A cue ends at an empty line and must not contain "-->"; escaping prevents both.
    return `${stamp(startSeconds)} --> ${stamp(Math.max(endSeconds, startSeconds + 0.1))}\n[${escape(text)}]\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function stamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const part = (divisor: number, modulus: number, digits: number) =>
    String(Math.floor(milliseconds / divisor) % modulus).padStart(digits, '0');
  return `${part(3_600_000, 100, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\s+/g, ' ');
}
