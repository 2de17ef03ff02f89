import { describe, expect, it } from 'vitest';
import type { Layer } from '#lib/job/score.ts';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';
import { ambiencesOf, curve, plan, request, track } from './plan-request.ts';

describe('places', () => {
  const views = (change: object) =>
    curve.map(({ atSeconds }) => ({
      ...{ atSeconds, sky: 0, sea: 0, vegetation: 0, fire: 0, outdoor: 0.5, flat: 0 },
      ...change,
    }));
  const scene = (startSeconds: number, endSeconds: number, place: string, more = {}) => ({
    ...{ startSeconds, endSeconds, fadeSeconds: 0, like: null, mood: { valence: 0, arousal: 0 } },
    ...{ places: [{ name: place, certainty: 0.9 }], musicPrompt: '', effectsPrompt: '' },
    ...more,
  });
  const ambiencesAt = (layers: readonly Layer[], at: number) =>
    layers.filter(({ startSeconds, endSeconds }) => startSeconds <= at && endSeconds > at);

  it('are indoors or outdoors when nothing else is known', () => {
    expect(ambiencesOf('', { views: views({ outdoor: 0.1 }) })).toEqual(['room-tone']);
    expect(ambiencesOf('', { views: views({ outdoor: 0.9 }) })).toEqual(['breeze']);
  });

  it('are silent beside music on screens and titles, and so is what they show; alone there is the air of a room', () => {
    const flat = views({ flat: 0.9 });
    const thumbnails = Array.from({ length: 6 }, () => track('person', { size: 0.1 }));
    const shown = { views: flat, cues: thumbnails, curve };
    expect(plan('', { ...shown, kind: 'both' })).toMatchObject({ layers: [], events: [] });
    expect(ambiencesOf('', shown)).toEqual(['room-tone']);
    expect(ambiencesOf('', { views: flat, cues: [track('dog')], curve })).not.toEqual([]);
  });

  it('by a road are no beach, however grey and smooth it is', () => {
    const road = {
      views: views({ sea: 0.95, outdoor: 0.9 }),
      cues: [track('car'), track('traffic light', { from: 0.1, size: 0.1 })],
    };
    expect(ambiencesOf('', { ...road, curve })).toEqual(['traffic']);
    expect(ambiencesOf('', { views: views({ sea: 0.95, sky: 0.8, outdoor: 0.95 }) })).toEqual(['sea']);
  });

  it('are those of both neighbours where a scene is only known to be outdoors', () => {
    const scenes = [scene(0, 6, 'street'), scene(6, 12, 'nowhere'), scene(12, 20, 'street')];
    const outdoors = views({ outdoor: 0.7 });
    expect(plan('', { scenes, curve, views: outdoors }).layers.map(({ recipe }) => recipe)).toEqual([
      'traffic',
    ]);
    const others = [scenes[0]!, scenes[1]!, scene(12, 20, 'beach')];
    expect(plan('', { scenes: others, curve, views: outdoors }).layers).toHaveLength(3);
  });

  it('by running water and in the rain sound of it', () => {
    const inPlace = (name: string) => plan('', { scenes: [scene(0, 20, name)], curve }).layers[0]!.recipe;
    expect([inPlace('stream'), inPlace('rain')]).toEqual(['stream', 'rain']);
  });

  it('lie in snow or in the night where those are seen', () => {
    expect(plan('', { views: views({ snow: 0.9, outdoor: 0.9 }) }).layers[0]!.because).toBe('snow');
    expect(ambiencesOf('', { views: views({ night: 0.9, outdoor: 0.9 }) })).toEqual(['crickets']);
  });

  it('burn only where flames stay', () => {
    const burning = (from: number, to: number) =>
      views({}).map((view) => ({ ...view, fire: view.atSeconds >= from && view.atSeconds < to ? 0.9 : 0 }));
    expect(ambiencesOf('', { views: burning(0, 20), curve })).toContain('fire');
    expect(ambiencesOf('', { views: burning(4, 4.4), curve })).not.toContain('fire');
  });

  it('have exactly one ambience each, which cross at a cut', () => {
    const scenes = [scene(0, 6, 'beach'), scene(6, 12, 'kitchen'), scene(12, 20, 'kitchen')];
    const { layers } = planEffects(request({ scenes, curve }));
    expect(layers.map(({ recipe }) => recipe)).toEqual(['sea', 'hum']);
    for (let at = 0; at < 20; at += 0.1) expect(ambiencesAt(layers, at).length).toBeGreaterThan(0);
    expect(layers[1]!.startSeconds).toBeCloseTo(5.75, 6);
    expect(layers[0]!.endSeconds).toBeCloseTo(6.4, 6);
    expect(layers[0]!.fadeOutSeconds).toBeCloseTo(0.65, 6);
    expect(layers[1]!.fadeInSeconds).toBeCloseTo(0.65, 6);
    expect(ambiencesAt(layers, 5)).toHaveLength(1);
    expect(ambiencesAt(layers, 7)).toHaveLength(1);
  });

  it('cross over as long as a soft transition lasts, and return with a scene that looks alike', () => {
    const scenes = [
      scene(0, 6, 'beach'),
      scene(6, 12, 'office', { fadeSeconds: 2 }),
      scene(12, 20, 'street', { like: 0 }),
    ];
    const { layers } = planEffects(request({ scenes, curve }));
    expect(layers.map(({ recipe }) => recipe)).toEqual(['sea', 'room-tone', 'sea']);
    expect(layers[1]!.startSeconds).toBe(5);
    expect(layers[0]!.endSeconds).toBe(7);
    expect(layers[2]!.variation).toBe(layers[0]!.variation);
  });

  it('keep what happens there to themselves', () => {
    const scenes = [scene(0, 6, 'park'), scene(6, 20, 'office')];
    const cues = [track('bird', { end: 6.4 }), track('dog', { end: 6 })];
    const { layers, events } = planEffects(request({ scenes, cues, curve }));
    expect(
      layers.filter(({ recipe }) => recipe === 'birds').every(({ endSeconds }) => endSeconds < 6.5),
    ).toBe(true);
    for (const { atSeconds, durationSeconds, untilSeconds } of events) {
      expect(atSeconds).toBeLessThan(6);
      expect(untilSeconds ?? atSeconds + durationSeconds).toBeLessThan(6.5);
    }
  });

  it('have the sounds that the user wrote for a scene in that scene', () => {
    const scenes = [scene(0, 8, 'office'), scene(8, 20, 'park', { effectsPrompt: 'rain' })];
    const { layers } = planEffects(request({ scenes, curve }));
    const rain = layers.find(({ recipe }) => recipe === 'rain')!;
    expect(rain).toMatchObject({ startSeconds: 8, endSeconds: 20, from: 'words', because: 'rain' });
  });
});
