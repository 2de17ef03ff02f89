import { html } from 'hono/html';
import type { Caption } from '#lib/protocol/share.ts';
import type { Html } from './document.ts';

const MAX_BARS = 84;
const HEIGHT = 100;

/** The waveform as an SVG of bars. Peaks are 0 … 255. */
export function waveform(peaks: readonly number[], label: string): Html {
  const bars = Math.max(1, Math.min(MAX_BARS, peaks.length));
  const heights = Array.from({ length: bars }, (_, index) => {
    const from = Math.floor((index * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / bars));
    return Math.max(3, (Math.max(0, ...peaks.slice(from, to)) / 255) * HEIGHT);
  });
  const path = heights
    .map((height, index) => `M${index * 4 + 2} ${(HEIGHT - height) / 2}v${height.toFixed(1)}`)
    .join('');
  return html`<svg
    class="wave"
    viewBox="0 0 ${bars * 4} ${HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    <path d="${path}" vector-effect="non-scaling-stroke" />
  </svg>`;
}

/** The captions as a list with times. */
export function captionList(captions: readonly Caption[], title: string): Html {
  return html`<details class="heard">
    <summary>${title}</summary>
    <ol>
      ${captions.map(
        ({ startSeconds, text }) =>
          html`<li><time datetime="PT${startSeconds.toFixed(1)}S">${clock(startSeconds)}</time> ${text}</li>`,
      )}
    </ol>
  </details>`;
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
