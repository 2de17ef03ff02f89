import type { Layer, Score, SoundEvent } from '../../../src/lib/job/score.ts';
import { parsePitch } from '../../../src/lib/synth/music/theory/pitch.ts';

/** Parts into which films of any length are divided for a comparison. */
const BINS = 20;

/**
 * How different the music of two scores is, 0 for equal plans: 1 for another style, 2 per octave of tempo, 0.5 between
 * major and minor, the distance of the moods, the mean difference of the intensity over the film, 0.7 for entirely other
 * instruments, 0.3 for the most distant key (on the circle of fifths), and 0.3 per doubling of the length.
 */
export function musicDistance(a: Score, b: Score): number {
  const [one, other] = [a.music!, b.music!];
  const names = (score: Score) => new Set(score.music!.parts.map(({ instrument }) => instrument));
  return (
    (one.style === other.style ? 0 : 1) +
    2 * Math.abs(Math.log2(one.tempoBpm / other.tempoBpm)) +
    (isMinor(one.mode) === isMinor(other.mode) ? 0 : 0.5) +
    Math.hypot(a.mood.valence - b.mood.valence, a.mood.arousal - b.mood.arousal) +
    meanDifference(intensities(a), intensities(b)) +
    0.7 * (1 - jaccard(names(a), names(b))) +
    (0.3 * fifthsBetween(one.key, other.key)) / 6 +
    0.3 * Math.abs(Math.log2(a.durationSeconds / b.durationSeconds))
  );
}

/**
 * How different the effects of two scores are, 0 … 1 and 0.3 per doubling of the length: one minus the weighted Jaccard
 * index (Ružička) of the level of every sound on each side over the film, as amplitudes to the power of 0.5, which is
 * about how loud they seem.
 */
export function effectsDistance(a: Score, b: Score): number {
  const [one, other] = [levelsOf(a), levelsOf(b)];
  let least = 0;
  let most = 0;
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const [x, y] = [one.get(key) ?? 0, other.get(key) ?? 0];
    least += Math.min(x, y);
    most += Math.max(x, y);
  }
  const overlap = most === 0 ? 1 : least / most;
  return 1 - overlap + 0.3 * Math.abs(Math.log2(a.durationSeconds / b.durationSeconds));
}

/** The share of scores whose nearest other score belongs to the same clip; those without any sound don't count. */
export function nearestOfSameClip(
  clips: readonly (readonly Score[])[],
  distance: (a: Score, b: Score) => number,
  hasSound: (score: Score) => boolean = () => true,
): number {
  const all = clips.flatMap((takes, clip) => takes.filter(hasSound).map((score) => ({ clip, score })));
  const hits = all.filter((each) => {
    const others = all.filter((other) => other !== each);
    const distances = others.map((other) => distance(each.score, other.score));
    const nearest = Math.min(...distances);
    // Of equally near ones, all have to belong to the clip.
    return others.every((other, i) => distances[i]! > nearest || other.clip === each.clip);
  });
  return hits.length / all.length;
}

function levelsOf({ layers, events, durationSeconds }: Score): Map<string, number> {
  const levels = new Map<string, number>();
  const add = (recipe: string, start: number, end: number, gainDb: number, pan: number) => {
    for (let bin = 0; bin < BINS; bin++) {
      const [from, to] = [(bin * durationSeconds) / BINS, ((bin + 1) * durationSeconds) / BINS];
      const share = Math.max(0, Math.min(end, to) - Math.max(start, from)) / (to - from);
      if (share === 0) continue;
      const angle = ((pan + 1) * Math.PI) / 4;
      for (const [side, gain] of [
        ['left', Math.cos(angle)],
        ['right', Math.sin(angle)],
      ] as const) {
        const key = `${recipe}/${side}/${bin}`;
        levels.set(key, (levels.get(key) ?? 0) + share * Math.sqrt(gain * 10 ** (gainDb / 20)));
      }
    }
  };
  for (const layer of layers)
    add(layer.recipe, layer.startSeconds, layer.endSeconds, levelOf(layer), layer.pan);
  for (const event of events)
    add(
      event.recipe,
      event.atSeconds,
      event.atSeconds + event.durationSeconds,
      levelOf(event),
      (event.pan + event.panTo) / 2,
    );
  return levels;
}

/** A stronger sound is louder, by up to 12 dB, and the channel strip makes a distant one quieter by 18. */
function levelOf({ gainDb, distance, intensity }: Layer | SoundEvent): number {
  return gainDb - 18 * distance + 12 * (intensity - 0.6);
}

function intensities({ music, durationSeconds }: Score): number[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const at = ((bin + 0.5) * durationSeconds) / BINS;
    return music!.sections.find(({ endSeconds }) => endSeconds > at)?.intensity ?? 0;
  });
}

function meanDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + Math.abs(x - b[i]!), 0) / a.length;
}

function isMinor(mode: string): boolean {
  return /aeolian|minor|dorian|phrygian|locrian/.test(mode);
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((name) => b.has(name)).length;
  return both / Math.max(1, a.size + b.size - both);
}

function fifthsBetween(a: string, b: string): number {
  const steps = ((((parsePitch(a) ?? 0) - (parsePitch(b) ?? 0)) * 7) % 12) + 12;
  return Math.min(steps % 12, 12 - (steps % 12));
}
