import { expect, test } from 'vitest';
import { balanceGains, evenGainDb, stemGains, type Faders } from '#lib/media/audio/mix-gains.ts';

const open = { gainDb: 0, isMuted: false, isSolo: false };
const faders: Faders = { balance: 0.5, music: open, effects: open, voice: open, original: open };
const all = { music: {}, effects: {}, voice: {}, original: {} };

test('at balance 0.5 music and effects are unchanged', () => {
  const { music, effects } = balanceGains(0.5);
  expect(music).toBeCloseTo(1, 9);
  expect(effects).toBeCloseTo(1, 9);
});

test('at the ends one of them is silent', () => {
  expect(balanceGains(0).effects).toBe(0);
  expect(balanceGains(1).music).toBe(0);
});

test.for([0, 0.1, 0.25, 0.7, 1])('the power of both together is the same at %f', (balance) => {
  const { music, effects } = balanceGains(balance);
  expect(music ** 2 + effects ** 2).toBeCloseTo(2, 9);
});

test('faders are decibels, and the lowest closes', () => {
  const gains = stemGains(
    { ...faders, effects: { ...open, gainDb: -60 }, original: { ...open, gainDb: -6 } },
    all,
  );
  expect(gains.music).toBeCloseTo(1, 9);
  expect(gains.effects).toBe(0);
  expect(gains.original).toBeCloseTo(0.501, 3);
});

test('mute silences, solo silences the others, and mute wins', () => {
  const solo = { ...open, isSolo: true };
  expect(stemGains({ ...faders, music: { ...open, isMuted: true } }, all)).toMatchObject({
    music: 0,
    original: 1,
  });
  expect(stemGains({ ...faders, original: solo }, all)).toEqual({
    music: 0,
    effects: 0,
    voice: 0,
    original: 1,
  });
  expect(stemGains({ ...faders, original: { ...solo, isMuted: true } }, all)).toEqual({
    music: 0,
    effects: 0,
    voice: 0,
    original: 0,
  });
});

test('a missing stem has no gain, its solo button has no effect, and neither has the balance', () => {
  const missing = { music: {}, effects: null, voice: null, original: null };
  const gains = stemGains({ ...faders, balance: 0.9, original: { ...open, isSolo: true } }, missing);
  expect(gains).toEqual({ music: 1, effects: 0, voice: 0, original: 0 });
});

test('a voice has its fader alone, whatever the balance', () => {
  const gains = stemGains({ ...faders, balance: 0, voice: { ...open, gainDb: -6 } }, all);
  expect(gains.effects).toBe(0);
  expect(gains.voice).toBeCloseTo(0.501, 3);
  const solo = stemGains({ ...faders, voice: { ...open, isSolo: true } }, all);
  expect(solo).toMatchObject({ music: 0, voice: 1, original: 0 });
});

test('at an even balance effects are 7 LU under the music, whatever their stems are like', () => {
  const stem = (loudnessLufs: number | null) => ({ loudnessLufs });
  const levels = (music: number, effects: number) => {
    const gains = stemGains(faders, {
      music: stem(music),
      effects: stem(effects),
      voice: null,
      original: null,
    });
    return effects + 20 * Math.log10(gains.effects) - (music + 20 * Math.log10(gains.music));
  };
  expect(levels(-18, -25)).toBeCloseTo(-7, 6);
  expect(levels(-21.6, -20)).toBeCloseTo(-7, 6);
  expect(levels(-14, -29)).toBeCloseTo(-7, 6);
  // What is meant to be faint stays faint.
  expect(levels(-18, -50)).toBeCloseTo(-23, 6);
  expect(evenGainDb({ music: stem(-18), effects: stem(null) })).toBe(0);
  expect(evenGainDb({ music: {}, effects: stem(-20) })).toBe(0);
});
