import type { Player } from '../player.ts';

/** A texture under the whole section: one note, repeated every four bars with an overlap of 0.2 s. */
export function texture(midi = 60, velocity = 0.6): Player {
  return ({ bar, before }) => {
    if (before && before.sectionIndex === bar.sectionIndex && bar.barInSection % 4 !== 0) return [];
    const bars = Math.min(4, bar.barsInSection - bar.barInSection);
    return [
      {
        atSeconds: bar.startSeconds,
        durationSeconds: bars * bar.beats * bar.beatSeconds + 0.2,
        midi,
        velocity: velocity * (0.7 + 0.4 * bar.intensity),
      },
    ];
  };
}

/** Single notes of the chord at random times and pans. @param perBar Their mean number at intensity 0.6. */
export function sparkle(perBar: number, octave: number, velocity: number): Player {
  return ({ bar, voicing, random }) => {
    if (bar.isEnding || voicing.length === 0) return [];
    const count = Math.floor(perBar * (0.4 + bar.intensity) + random.next());
    return Array.from({ length: count }, () => ({
      atSeconds: bar.startSeconds + (Math.floor(random.next() * bar.beats * 2) / 2) * bar.beatSeconds,
      durationSeconds: 1.5,
      midi: random.pick(voicing) + 12 * octave,
      velocity: velocity * random.between(0.6, 1),
      pan: random.between(-0.8, 0.8),
    }));
  };
}
