import { expect, it } from 'vitest';
import { Composer } from '#lib/synth/music/composer.ts';
import { findStyle } from '#lib/synth/music/styles/styles.ts';
import { scoreIn } from './analysis.ts';

/** The notes of the first part of a role, bar by bar, of a score in which a section begins at 8 s. */
function barsOf(style: string, role: string, cuts = [{ atSeconds: 8, weight: 1 }]) {
  const design = findStyle(style);
  const score = scoreIn(style, { durationSeconds: 16, seed: 2, cuts });
  const composer = new Composer(score, design);
  const seat = design.parts.findIndex((part) => part.role === role);
  return composer.bars.map((bar) => ({ bar, notes: composer.play(design.parts[seat]!, seat, bar.index) }));
}

/** Velocity of the loudest note that begins in the last beat of a bar; 0 for none. */
function lastBeat({ bar, notes }: ReturnType<typeof barsOf>[number]): number {
  const from = bar.startSeconds + (bar.beats - 1.1) * bar.beatSeconds;
  return Math.max(0, ...notes.filter((note) => note.atSeconds > from).map((note) => note.velocity));
}

it.each(['harmony', 'bass'])(
  'the %s of a calm lofi piece leads to the next section, and only there',
  (role) => {
    const bars = barsOf('lofi', role);
    const isJoin = (k: number) => bars[k + 1]?.bar.barInSection === 0 && !bars[k + 1]!.bar.isEnding;
    const joins = bars.filter((_, k) => isJoin(k));
    expect(joins.length).toBeGreaterThan(0);
    for (const join of joins) {
      expect(lastBeat(join)).toBeGreaterThan(0.2);
      const end = join.bar.startSeconds + join.bar.beats * join.bar.beatSeconds;
      for (const note of join.notes) expect(note.atSeconds).toBeLessThan(end);
    }
    const others = bars.filter(({ bar }, k) => !isJoin(k) && !bar.isEnding);
    expect(others.some((bar) => lastBeat(bar) === 0)).toBe(true);
  },
);

it('a part that plays on to the bar line gets no notes, but grows louder', () => {
  const count = (at: number) => barsOf('acoustic', 'harmony', [{ atSeconds: at, weight: 1 }]);
  const bars = count(8);
  const join = bars.findIndex((_, k) => bars[k + 1]?.bar.barInSection === 0);
  const steady = bars[join - 1]!;
  expect(bars[join]!.notes.length).toBe(steady.notes.length);
  expect(lastBeat(bars[join]!)).toBeGreaterThan(lastBeat(steady) * 1.03);
});
