import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { ScoreSchema, type Score } from '#lib/job/score.ts';
import { edits } from '#lib/job/score-edits.ts';
import { planScore } from '#lib/synth/plan.ts';
import { reviseMusic } from '#lib/synth/music/revise-music.ts';
import { catalogue } from '#lib/synth/catalogue.ts';
import { matchParts } from '#lib/synth/music/audible-parts.ts';
import { findStyle } from '#lib/synth/music/styles/styles.ts';

const score: Score = planScore({
  musicPrompt: 'warm cinematic',
  effectsPrompt: 'waves, wind, dog',
  negativePrompt: '',
  mood: { valence: 0.3, arousal: 0 },
  cues: [],
  curve: [],
  cuts: [{ atSeconds: 8, weight: 0.9 }],
  durationSeconds: 20,
  seed: 1,
  kind: 'both',
});
const sounds = new Map(catalogue().sounds.map((sound) => [sound.recipe, sound]));

describe('edits of a score', () => {
  it('leave the score that they are given as it was', () => {
    const before = structuredClone(score);
    edits.part(score, 0, { gainDb: -3 });
    edits.dropLayer(score, 0);
    edits.event(score, 0, { atSeconds: 3 });
    edits.add(score, sounds.get('rain')!, 2);
    expect(score).toEqual(before);
  });

  it('keep every value inside what the schema allows', () => {
    const wild = { gainDb: 99, pan: -7, intensity: 3, distance: -1 };
    const edited = [
      edits.part(score, 0, { gainDb: -999, pan: 4 }),
      edits.layer(score, 0, { ...wild, startSeconds: -5, endSeconds: 1e9 }),
      edits.event(score, 0, { ...wild, atSeconds: 1e6, durationSeconds: -2, panTo: 9 }),
      edits.section(score, 0, { intensity: 8 }),
      edits.mood(score, { valence: 5 }),
      edits.event(score, 0, { atSeconds: NaN }),
    ];
    for (const each of edited) expect(v.safeParse(ScoreSchema, each).success).toBe(true);
    expect(edited[2]!.events[0]).toMatchObject({ atSeconds: 19.9, gainDb: 12, durationSeconds: 0.1 });
    expect(edited[5]!.events[0]).toEqual(score.events[0]);
  });

  it('let a layer’s start give way to its end, and its end to its start', () => {
    const set = (from: number, to: number) =>
      edits.layer(score, 0, { startSeconds: from, endSeconds: to }).layers[0]!;
    expect(set(3, 5)).toMatchObject({ startSeconds: 3, endSeconds: 5 });
    const placed = edits.layer(score, 0, { startSeconds: 3, endSeconds: 5 });
    expect(edits.layer(placed, 0, { startSeconds: 9 }).layers[0]!.startSeconds).toBe(4.9);
    expect(edits.layer(placed, 0, { endSeconds: 1 }).layers[0]!.endSeconds).toBe(3.1);
  });

  it('add a layer up to the end and an event at its time, each another performance than those there are', () => {
    const twice = edits.add(edits.add(score, sounds.get('dog')!, 4.2), sounds.get('dog')!, 7);
    const added = twice.events.slice(-2);
    expect(added.map(({ atSeconds }) => atSeconds)).toEqual([4.2, 7]);
    const dogs = twice.events.filter(({ recipe }) => recipe === 'dog').map(({ variation }) => variation);
    expect(new Set(dogs).size).toBe(dogs.length);
    expect(edits.add(score, sounds.get('rain')!, 5).layers.at(-1)).toMatchObject({
      recipe: 'rain',
      startSeconds: 5,
      endSeconds: 20,
    });
  });
});

describe('reviseMusic', () => {
  it('moves the key and all chords together, and back again', () => {
    const { music } = reviseMusic(score, { key: 'A' });
    expect(music!.key).toBe('A');
    expect(music!.sections[0]!.chords).not.toEqual(score.music!.sections[0]!.chords);
    expect(reviseMusic({ ...score, music }, { key: score.music!.key })).toEqual(score);
  });

  it('changes the tempo with whole beats in every section, so that cuts stay on bar lines', () => {
    const { music } = reviseMusic(score, { tempoBpm: 120 });
    for (const { startSeconds, endSeconds, tempoBpm } of music!.sections) {
      const beats = ((endSeconds - startSeconds) * tempoBpm) / 60;
      expect(Math.abs(beats - Math.round(beats))).toBeLessThan(1e-6);
    }
    expect(music!.sections.map(({ endSeconds }) => endSeconds)).toEqual(
      score.music!.sections.map(({ endSeconds }) => endSeconds),
    );
    expect(music!.tempoBpm).toBe(120);
  });

  it('brings another style with players of its own, keeps the cuts and leaves the effects alone', () => {
    const lofi = reviseMusic(score, { style: 'lofi' });
    expect(lofi.music!.style).toBe('lofi');
    expect(lofi.music!.sections.some(({ startSeconds }) => Math.abs(startSeconds - 8) < 0.03)).toBe(true);
    expect(matchParts(findStyle('lofi'), lofi.music!.parts)).not.toContain(undefined);
    expect([lofi.layers, lofi.events]).toEqual([score.layers, score.events]);
  });
});

it('the catalogue names only what the engine plays, and every role has a choice', () => {
  const { styles, instruments, sounds: all } = catalogue();
  expect(styles).toHaveLength(12);
  expect(all.length).toBeGreaterThan(90);
  for (const names of Object.values(instruments)) expect(names.length).toBeGreaterThan(1);
});
