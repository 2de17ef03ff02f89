import { expect, test } from 'vitest';
import { isCharacter, SHORTCUTS, shortcutOf } from '#lib/ui/shortcuts/shortcuts.ts';

type Modifier = 'Control' | 'Meta' | 'Alt' | 'Shift' | 'AltGraph';

/** A pressed key as the browser reports it. */
function press(key: string, ...held: Modifier[]): KeyboardEvent {
  const has = (modifier: Modifier) => held.includes(modifier);
  return {
    key,
    ctrlKey: has('Control') || has('AltGraph'),
    metaKey: has('Meta'),
    altKey: has('Alt') || has('AltGraph'),
    shiftKey: has('Shift'),
    getModifierState: has,
  } as unknown as KeyboardEvent;
}

test('no key has two meanings', () => {
  const keys = SHORTCUTS.flatMap(({ keys }) => [...keys]);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys are told with the modifiers that count', () => {
  expect(shortcutOf(press(' '))).toBe('toggle');
  expect(shortcutOf(press('ArrowLeft'))).toBe('second_back');
  expect(shortcutOf(press('ArrowLeft', 'Shift'))).toBe('five_back');
  expect(shortcutOf(press('ArrowLeft', 'Alt'))).toBeNull();
  expect(shortcutOf(press('?', 'Shift'))).toBe('sheet');
  expect(shortcutOf(press('Enter', 'Meta'))).toBe('update');
  expect(shortcutOf(press('Enter'))).toBeNull();
  expect(shortcutOf(press('Z', 'Control', 'Shift'))).toBe('redo');
  expect(shortcutOf(press('f', 'Control'))).toBeNull();
  expect(shortcutOf(press('F', 'Shift'))).toBeNull();
});

test('brackets count on keyboards that type them with AltGr', () => {
  expect(shortcutOf(press('[', 'AltGraph'))).toBe('loop_begin');
  expect(shortcutOf(press(']', 'AltGraph'))).toBe('loop_end');
});

test('without single characters, only keys that type nothing are shortcuts', () => {
  for (const { does, keys } of SHORTCUTS)
    for (const key of keys.filter((name) => !name.includes('+')))
      expect(shortcutOf(press(key), false), key).toBe(isCharacter(key) ? null : does);
  expect(shortcutOf(press('z', 'Control'), false)).toBe('undo');
});
