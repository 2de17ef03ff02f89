import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import type { Score, SoundtrackRequest } from '../../../src/lib/job/score.ts';
import type { Sight } from '../../../src/lib/synth/evidence/sight.ts';
import type { FitFigures } from './figures.ts';

/** Everything about one clip or photo. */
export interface FitItem {
  file: string;
  request: SoundtrackRequest;
  sight: Sight;
  score: Score;
  themes: readonly (readonly [string, number])[];
  figures: FitFigures;
  loudness: { music: number; effects: number } | null;
}

const FRAMES = 5;
const STYLE = `
body { font: 14px/1.4 system-ui; margin: 1rem auto; max-width: 75rem; background: #fff; color: #111 }
section { border-top: 2px solid #888; padding: 0.5rem 0 1rem }
img { height: 7.5rem; margin-right: 4px }
.lanes { position: relative; background: #eee; margin: 4px 0 }
.lane { position: relative; height: 1.3rem; border-bottom: 1px solid #fff }
.bar { position: absolute; top: 1px; height: 1.1rem; overflow: hidden; white-space: nowrap; font-size: 11px; padding: 0 2px; box-sizing: border-box }
.seen { background: #cde } .doubt { background: #eee; color: #888 } .place { background: #cec }
.thing { background: #fd9 } .event { background: #f96 } .music { background: #dcf }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } .bar { color: #111 } .doubt { color: #666 } }`;

/** One page with a section for every item. */
export function fitPage(items: readonly FitItem[], summary: readonly string[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>How soundtracks fit</title><style>${STYLE}</style>
<h1>How soundtracks fit</h1><ul>${summary.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>
${items.map(sectionOf).join('\n')}</html>`;
}

function sectionOf({ file, request, sight, score, themes, figures, loudness }: FitItem): string {
  const { durationSeconds, music, layers, events, mood } = score;
  const bar = (kind: string, start: number, end: number, text: string) => {
    const left = (100 * start) / durationSeconds;
    const width = Math.max(0.6, (100 * (end - start)) / durationSeconds);
    return `<span class="bar ${kind}" style="left:${left}%;width:${width}%" title="${escaped(text)}">${escaped(text)}</span>`;
  };
  const lane = (...bars: string[]) => `<div class="lane">${bars.join('')}</div>`;
  const seen = sight.tracks.slice(0, 24).map((track) => {
    const { certainty, levelDb, isHeard } = track.evidence;
    const text = `${track.label} ${certainty.toFixed(2)} ${levelDb.toFixed(0)} dB${track.isMoving ? ' moving' : ''}`;
    return lane(bar(isHeard ? 'seen' : 'doubt', track.startSeconds, track.endSeconds, text));
  });
  const sounds = layers.map((layer) =>
    lane(
      bar(
        sight.tracks.some(({ label }) => label === layer.because) ? 'thing' : 'place',
        layer.startSeconds,
        layer.endSeconds,
        `${layer.recipe} ${layer.gainDb.toFixed(0)} dB, for ${layer.because} (${layer.from})`,
      ),
    ),
  );
  const hits = events.map((event) =>
    bar(
      'event',
      event.atSeconds,
      event.atSeconds + event.durationSeconds,
      `${event.recipe} ${event.gainDb.toFixed(0)} dB pan ${event.pan.toFixed(1)}, for ${event.because} (${event.from})`,
    ),
  );
  const sections = music!.sections.map((section) =>
    bar('music', section.startSeconds, section.endSeconds, `${section.name} ${section.intensity}`),
  );
  return `<section><h2>${escaped(basename(file))}</h2>${framesOf(file, request)}
<p>${sight.scenes.map(({ place }) => `${place.name} ${place.certainty.toFixed(2)}${place.isNight ? ' at night' : ''}`).join(' | ')};
themes ${
    themes
      .slice(0, 4)
      .map(([name, weight]) => `${name} ${weight.toFixed(2)}`)
      .join(', ') || 'none'
  };
mood ${mood.valence.toFixed(2)} / ${mood.arousal.toFixed(2)}; ${music!.style}, ${music!.key} ${music!.mode}, ${music!.tempoBpm.toFixed(0)} BPM:
${music!.parts.map(({ instrument }) => instrument).join(', ')}</p>
<div class="lanes">${seen.join('')}${sounds.join('')}${lane(...hits)}${lane(...sections)}</div>
<p>${(Object.entries(figures) as [string, number | number[] | null][])
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('…') : (value?.toFixed(2) ?? '–')}`)
    .join(
      ', ',
    )}${loudness ? `; music ${loudness.music.toFixed(1)}, effects ${loudness.effects.toFixed(1)} LUFS` : ''}</p></section>`;
}

/** Frames at equal distances, as data URLs; ffmpeg decodes them. */
function framesOf(file: string, { durationSeconds, curve }: SoundtrackRequest): string {
  const isPicture = curve.length <= 1;
  const times = isPicture
    ? [0]
    : Array.from({ length: FRAMES }, (_, i) => ((i + 0.5) * durationSeconds) / FRAMES);
  return times
    .map((at) => {
      const seek = isPicture ? [] : ['-ss', at.toFixed(2)];
      const scale = ['-frames:v', '1', '-vf', 'scale=-2:180', '-f', 'mjpeg', '-'];
      try {
        const jpeg = execFileSync('ffmpeg', ['-v', 'error', ...seek, '-i', file, ...scale], {
          maxBuffer: 1 << 26,
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        return `<img alt="at ${at.toFixed(1)} s" src="data:image/jpeg;base64,${jpeg.toString('base64')}">`;
      } catch {
        return '';
      }
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
