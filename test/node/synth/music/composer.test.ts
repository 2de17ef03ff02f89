import { describe, expect, it } from 'vitest';
import { Composer } from '#lib/synth/music/composer.ts';
import { findStyle, STYLES } from '#lib/synth/music/styles/styles.ts';
import { pitchClass } from '#lib/synth/music/theory/pitch.ts';
import { scoreIn } from './analysis.ts';

/** All notes of a score, by part. */
function notesOf(style: string, differences: Parameters<typeof scoreIn>[1]) {
  const score = scoreIn(style, differences);
  const design = findStyle(style);
  const composer = new Composer(score, design);
  return {
    composer,
    score,
    parts: design.parts.map((part, k) => ({
      part,
      notes: composer.bars.flatMap((bar) => composer.play(part, k, bar.index)),
    })),
  };
}

describe('Composer', () => {
  it.each(STYLES.map((style) => style.name))(
    'writes more notes per second of %s with higher arousal',
    (style) => {
      const density = [-1, -0.5, 0, 0.5, 1].map((arousal) => {
        let notes = 0;
        for (const seed of [1, 2, 3])
          notes += notesOf(style, {
            durationSeconds: 40,
            seed,
            mood: { valence: 0.3, arousal },
          }).parts.reduce((sum, { notes }) => sum + notes.length, 0);
        return notes / 120;
      });
      for (let i = 1; i < density.length; i++)
        expect(density[i]!, density.map((d) => d.toFixed(1)).join(' ')).toBeGreaterThan(
          density[i - 1]! * 0.97,
        );
      expect(density[4]!).toBeGreaterThan(density[0]! * 1.3);
    },
  );

  it('keeps voicings in their range and moves the top voice by at most a fifth', () => {
    for (const style of STYLES) {
      const { composer } = notesOf(style.name, { durationSeconds: 60, seed: 4 });
      for (const bar of composer.bars.slice(1)) {
        const now = composer.voicing(bar.index);
        const before = composer.voicing(bar.index - 1);
        expect(now[0]!).toBeGreaterThanOrEqual(style.voicing.lowest);
        expect(Math.abs(now[now.length - 1]! - before[before.length - 1]!)).toBeLessThanOrEqual(7);
        for (const pitch of now) expect(bar.chord.pitches).toContain(pitchClass(pitch));
      }
    }
  });

  it('repeats the rhythm of its motifs', () => {
    const { composer, parts } = notesOf('cinematic', {
      durationSeconds: 60,
      seed: 8,
      mood: { valence: 0.4, arousal: 0.4 },
    });
    const melody = parts.find(({ part }) => part.instrument === 'piano')!.notes;
    const rhythmOf = (index: number) => {
      const bar = composer.bars[index]!;
      return melody
        .filter(
          (note) =>
            note.atSeconds > bar.startSeconds - 0.1 &&
            note.atSeconds < bar.startSeconds + bar.beats * bar.beatSeconds - 0.1,
        )
        .map((note) => Math.round(((note.atSeconds - bar.startSeconds) / bar.beatSeconds) * 2) / 2)
        .join();
    };
    const rhythms = composer.bars
      .slice(0, -1)
      .map((bar) => rhythmOf(bar.index))
      .filter((rhythm) => rhythm !== '');
    expect(rhythms.length).toBeGreaterThan(6);
    expect(new Set(rhythms).size).toBeLessThan(rhythms.length * 0.7);
  });

  it('gives two seeds two melodies', () => {
    const melody = (seed: number) =>
      notesOf('acoustic', { durationSeconds: 30, seed })
        .parts.filter(({ part }) => part.role === 'melody')
        .flatMap(({ notes }) => notes.map((note) => note.midi))
        .join();
    expect(new Set([1, 2, 3, 4, 5].map(melody)).size).toBe(5);
  });

  it('ends every voice on the tonic chord', () => {
    for (const style of STYLES) {
      const { composer, score } = notesOf(style.name, { durationSeconds: 20 });
      const last = composer.bars[composer.bars.length - 1]!;
      expect(last.isEnding).toBe(true);
      expect(
        score.music!.sections[score.music!.sections.length - 1]!.chords[0]!.startsWith(score.music!.key),
      ).toBe(true);
    }
  });
});
