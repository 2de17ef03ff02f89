export const GROUPS = ['play', 'move', 'loop', 'view', 'edit'] as const;

/** A keyboard shortcut. This table is what the keys do and what the sheet of shortcuts lists. */
export interface Shortcut {
  group: (typeof GROUPS)[number];
  does: string;
  /** Names of keys as in `KeyboardEvent.key`, in lower case, with `ctrl+` (also ⌘) and `shift+` before them. */
  keys: readonly string[];
}

export const SHORTCUTS = [
  { group: 'play', does: 'toggle', keys: [' '] },
  { group: 'play', does: 'pause', keys: ['k'] },
  { group: 'play', does: 'mute', keys: ['m'] },
  { group: 'move', does: 'back', keys: ['j'] },
  { group: 'move', does: 'forward', keys: ['l'] },
  { group: 'move', does: 'second_back', keys: ['arrowleft'] },
  { group: 'move', does: 'second_forward', keys: ['arrowright'] },
  { group: 'move', does: 'five_back', keys: ['shift+arrowleft'] },
  { group: 'move', does: 'five_forward', keys: ['shift+arrowright'] },
  { group: 'move', does: 'frame_back', keys: [','] },
  { group: 'move', does: 'frame_forward', keys: ['.'] },
  { group: 'move', does: 'start', keys: ['home'] },
  { group: 'move', does: 'end', keys: ['end'] },
  { group: 'loop', does: 'loop_begin', keys: ['[', 'i'] },
  { group: 'loop', does: 'loop_end', keys: [']', 'o'] },
  { group: 'loop', does: 'loop_off', keys: ['\\'] },
  { group: 'view', does: 'full_screen', keys: ['f'] },
  { group: 'view', does: 'sheet', keys: ['?'] },
  { group: 'edit', does: 'flip', keys: ['a', 'b'] },
  { group: 'edit', does: 'next_take', keys: ['t'] },
  { group: 'edit', does: 'last_take', keys: ['shift+t'] },
  { group: 'edit', does: 'update', keys: ['ctrl+enter'] },
  { group: 'edit', does: 'undo', keys: ['ctrl+z'] },
  { group: 'edit', does: 'redo', keys: ['ctrl+shift+z', 'ctrl+y'] },
] as const satisfies readonly Shortcut[];

/** What a shortcut does. */
export type ShortcutName = (typeof SHORTCUTS)[number]['does'];

/** Whether a key is a letter, a digit or a sign by itself, which speech input types (WCAG 2.1.4). */
export function isCharacter(key: string): boolean {
  return key.length === 1 && key !== ' ';
}

/** What a pressed key does, or null. @param hasCharacters Whether single letters and signs are shortcuts. */
export function shortcutOf(event: KeyboardEvent, hasCharacters = true): ShortcutName | null {
  // Some keyboards type brackets with AltGr, which counts as Ctrl and Alt.
  const isTyped = event.getModifierState('AltGraph') && event.key.length === 1;
  if (event.altKey && !isTyped) return null;
  const hasControl = (event.ctrlKey || event.metaKey) && !isTyped;
  const name = event.key.toLowerCase();
  if (isCharacter(name) && !hasControl && !hasCharacters) return null;
  // The sign that Shift gives is the key itself.
  const isSign = isCharacter(name) && !/\p{L}/u.test(name);
  const key = `${hasControl ? 'ctrl+' : ''}${event.shiftKey && !isSign ? 'shift+' : ''}${name}`;
  return SHORTCUTS.find(({ keys }) => (keys as readonly string[]).includes(key))?.does ?? null;
}

/** Whether an element handles a key itself: as text, as a movement, or to open. */
export function isHandledBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[data-transport]') && key !== ' ') return false;
  if (target.closest('input, textarea, select, dialog, [contenteditable], [role=slider]')) return true;
  if (target.closest('[role=listbox]')) return key !== 'a' && key !== 'b';
  return (key === ' ' || key === 'Enter') && target.closest('button, a, summary') !== null;
}
