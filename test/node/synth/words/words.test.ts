import { describe, expect, it } from 'vitest';
import { findSound } from '#lib/synth/effects/sounds.ts';
import { EFFECT_WORDS } from '#lib/synth/words/effect-words.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { PhraseTable } from '#lib/synth/words/phrase-table.ts';
import { readWords } from '#lib/synth/words/read-words.ts';
import { SCENES } from '#lib/synth/words/scene-words.ts';
import { tokensOf } from '#lib/synth/words/tokens.ts';

describe('tables of words', () => {
  it('name only sounds that exist', () => {
    for (const name of Object.keys(EFFECT_WORDS)) expect(findSound(name), name).toBeDefined();
    for (const { sounds } of SCENES) {
      for (const sound of sounds) expect(findSound(sound.split('@')[0]!), sound).toBeDefined();
    }
  });

  it('prefer the longest phrase, then whole words, then prefixes', () => {
    const table = new PhraseTable<string>();
    table.add('glass', 'clink');
    table.add('breaking glass', 'break');
    table.add('gla*', 'begins');
    const found = (text: string) => table.match(tokensOf(text), 0)?.entries[0];
    expect(found('breaking glass')).toBe('break');
    expect(found('glass')).toBe('clink');
    expect(found('glaze')).toBe('begins');
    expect(found('grass')).toBeUndefined();
  });
});

describe('readWords', () => {
  const soundsIn = (text: string) => readWords(text).mentions.map(({ recipe }) => recipe);

  it('reads accents, capitals and umlauts', () => {
    expect(soundsIn('CAFÉ')).toEqual(['cafe']);
    expect(soundsIn('Vögel zwitschern')).toContain('birds');
    expect(soundsIn('una città')).toContain('traffic');
  });

  it.each(['rainbow', 'I see a man', 'a tiered skirt', 'a good quality image'])(
    'finds no sound in “%s”',
    (text) => {
      expect(soundsIn(text)).toEqual([]);
    },
  );

  it('applies a modifier only to a sound that follows closely', () => {
    const [first, second] = readWords('heavy rain on the roof of a house by a river').mentions;
    expect(first!.recipe).toBe('downpour');
    expect(second!.intensity).toBeNull();
  });

  it('reads “no” up to the next comma', () => {
    const { mentions, excluded } = readWords('no wind, rain');
    expect(excluded).toEqual(['wind']);
    expect(mentions.map(({ recipe }) => recipe)).toEqual(['rain']);
  });

  it('returns the words as written', () => {
    expect(readWords('Ein großer Wasserfall').mentions[0]).toMatchObject({
      recipe: 'waterfall',
      because: 'Wasserfall',
      intensity: 0.95,
    });
  });
});

describe('moodOfWords', () => {
  it.each([
    ['a joyful birthday', 1, 1],
    ['calm and peaceful', 1, -1],
    ['sad and lonely', -1, -1],
    ['a terrifying, angry chase', -1, 1],
    ['ein fröhlicher, lebhafter Tag', 1, 1],
    ['traurig und einsam', -1, -1],
    ['una giornata tranquilla e rilassante', 1, -1],
    ['un inseguimento spaventoso', -1, 1],
  ])('reads the signs of valence and arousal in “%s”', (text, valence, arousal) => {
    const mood = moodOfWords(text)!;
    expect(Math.sign(mood.valence)).toBe(valence);
    expect(Math.sign(mood.arousal)).toBe(arousal);
  });

  it('inverts the valence of “not happy”, in three languages', () => {
    expect(moodOfWords('not happy')!.valence).toBeLessThan(0);
    expect(moodOfWords('nicht glücklich')!.valence).toBeLessThan(0);
    expect(moodOfWords('non felice')!.valence).toBeLessThan(0);
  });

  it('weighs “very” and “slightly”', () => {
    expect(moodOfWords('very sad')!.valence).toBeLessThan(moodOfWords('sad')!.valence);
    expect(moodOfWords('slightly sad')!.valence).toBeGreaterThan(moodOfWords('sad')!.valence);
  });

  it('stays within -1 and 1 and is null without mood words', () => {
    const mood = moodOfWords('extremely ecstatic, very euphoric')!;
    expect(mood.valence).toBeLessThanOrEqual(1);
    expect(mood.arousal).toBeLessThanOrEqual(1);
    expect(moodOfWords('a chair and a table')).toBeNull();
    expect(moodOfWords('')).toBeNull();
  });
});
