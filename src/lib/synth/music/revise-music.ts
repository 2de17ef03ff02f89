import type { MusicPlan, Score } from '#lib/job/score.ts';
import { clamp } from '../dsp/maths.ts';
import { planMusic } from './plan-music.ts';
import { parsePitch, pitchClass, pitchName } from './theory/pitch.ts';

/** Changes to a whole piece; what is left out stays as it is. */
export interface MusicRevision {
  style?: string;
  /** Name of the tonic, such as `Bb`. */
  key?: string;
  tempoBpm?: number;
}

/**
 * A score with another style, key or tempo. Another style has other parts and chords, but keeps length, mood and cuts;
 * another key transposes all chords; another tempo rounds the beats of each section to a whole number, so that cuts
 * stay on bar lines. Effects are not changed, nor is a score without music.
 */
export function reviseMusic(score: Score, { style, key, tempoBpm }: MusicRevision): Score {
  if (!score.music) return score;
  let { music } = score;
  if (style !== undefined && style !== music.style) music = inStyle(score, music, style);
  if (key !== undefined) music = inKey(music, key);
  if (tempoBpm !== undefined) music = atTempo(music, tempoBpm);
  return { ...score, music };
}

function inStyle(score: Score, music: MusicPlan, style: string): MusicPlan {
  const starts = new Set(music.sections.slice(1, -1).map(({ startSeconds }) => startSeconds));
  const cuts = music.accentsSeconds.map((atSeconds) => ({
    atSeconds,
    weight: [...starts].some((start) => Math.abs(start - atSeconds) < 0.03) ? 0.9 : 0.4,
  }));
  const { durationSeconds, seed, mood } = score;
  const nothing = { musicPrompt: '', effectsPrompt: '', negativePrompt: '', cues: [], curve: [] };
  return planMusic({ ...nothing, durationSeconds, seed, mood, cuts, kind: 'music' }, style).music;
}

function inKey(music: MusicPlan, key: string): MusicPlan {
  const from = parsePitch(music.key);
  const to = parsePitch(key);
  if (from === undefined || to === undefined || from === to) return music;
  const move = (symbol: string) =>
    symbol.replace(/^[A-G][#b]?/, (root) => pitchName(pitchClass((parsePitch(root) ?? 0) + to - from)));
  return {
    ...music,
    key: pitchName(to),
    sections: music.sections.map((section) => ({ ...section, chords: section.chords.map(move) })),
  };
}

function atTempo(music: MusicPlan, wanted: number): MusicPlan {
  const tempoBpm = clamp(wanted, 30, 240);
  return {
    ...music,
    tempoBpm,
    sections: music.sections.map((section) => {
      const seconds = section.endSeconds - section.startSeconds;
      if (seconds <= 0) return section;
      const beats = Math.max(1, Math.round((seconds * tempoBpm) / 60));
      return { ...section, tempoBpm: (60 * beats) / seconds };
    }),
  };
}
