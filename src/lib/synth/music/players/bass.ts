import type { Note } from '../note.ts';
import { density, type Player } from '../player.ts';
import { pitchClass } from '../theory/pitch.ts';

/** A note of a bass pattern. The interval above the root is in semitones; `approach` leads to the next root. */
export type BassStep = readonly [
  beat: number,
  beats: number,
  interval: number | 'fifth' | 'octave' | 'approach',
  velocity: number,
];

/** Plays one of the bass patterns, which are given by increasing density. @param lowest Lowest root, MIDI number. */
export function bassLine(patterns: readonly (readonly BassStep[])[], lowest = 33): Player {
  return (context) => {
    const { bar, after } = context;
    const root = lowest + pitchClass(bar.chord.root - lowest);
    const length = bar.beats * bar.beatSeconds;
    if (bar.isEnding) {
      return [{ atSeconds: bar.startSeconds, durationSeconds: length, midi: root, velocity: 0.62 }];
    }
    const index = Math.min(patterns.length - 1, Math.floor(density(context) * patterns.length));
    const fifth = bar.chord.pitches.find((pitch) => [6, 7, 8].includes(pitchClass(pitch - bar.chord.root)));
    return patterns[index]!.filter(([beat]) => beat < bar.beats).map(
      ([beat, beats, interval, velocity]): Note => {
        let midi: number;
        if (interval === 'fifth')
          midi = root + (fifth === undefined ? 7 : pitchClass(fifth - bar.chord.root));
        else if (interval === 'octave') midi = root + 12;
        else if (interval === 'approach') {
          const next = lowest + pitchClass((after?.chord.root ?? bar.chord.root) - lowest);
          midi = next === root ? root : next > root ? next - 1 : next + (next + 2 <= root ? 2 : 1);
        } else midi = root + interval;
        return {
          atSeconds: context.at(beat),
          durationSeconds: Math.min(beats, bar.beats - beat) * bar.beatSeconds,
          midi,
          velocity: velocity * (0.8 + 0.25 * bar.intensity),
        };
      },
    );
  };
}

/** Plays one long root per chord, tied over a pair of bars with the same root. */
export function legatoBass(lowest = 33, velocity = 0.6): Player {
  return ({ bar, before, after }) => {
    if (
      before &&
      before.chord.root === bar.chord.root &&
      before.sectionIndex === bar.sectionIndex &&
      bar.barInSection % 2 === 1
    )
      return [];
    const isTied =
      after?.chord.root === bar.chord.root &&
      after.sectionIndex === bar.sectionIndex &&
      bar.barInSection % 2 === 0;
    const own = bar.beats * bar.beatSeconds;
    const length = isTied && after ? own + after.beats * after.beatSeconds : own;
    return [
      {
        atSeconds: bar.startSeconds,
        durationSeconds: length + 0.08,
        midi: lowest + pitchClass(bar.chord.root - lowest),
        velocity: velocity * (0.8 + 0.3 * bar.intensity),
      },
    ];
  };
}
