/** A shortcut of the player. */
export type Shortcut =
  | { does: 'toggle' }
  | { does: 'pause' }
  | { does: 'flip' }
  | { does: 'move'; seconds: number }
  | { does: 'start' }
  | { does: 'end' };

/** The shortcut of a key, or null: Space, arrows (1 s, with Shift 5 s), J K L, Home, End, A and B. */
export function shortcutOf(event: KeyboardEvent): Shortcut | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const step = event.shiftKey ? 5 : 1;
  switch (event.key.toLowerCase()) {
    case ' ':
      return { does: 'toggle' };
    case 'k':
      return { does: 'pause' };
    case 'j':
      return { does: 'move', seconds: -10 };
    case 'l':
      return { does: 'move', seconds: 10 };
    case 'arrowleft':
      return { does: 'move', seconds: -step };
    case 'arrowright':
      return { does: 'move', seconds: step };
    case 'home':
      return { does: 'start' };
    case 'end':
      return { does: 'end' };
    case 'a':
    case 'b':
      return { does: 'flip' };
    default:
      return null;
  }
}

/** Whether an element handles a key itself: as text, as a movement, or to open. */
export function isHandledBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[data-transport]') && key !== ' ') return false;
  if (target.closest('input, textarea, select, dialog, [contenteditable], [role=slider]')) return true;
  if (target.closest('[role=listbox]')) return key !== 'a' && key !== 'b';
  return (key === ' ' || key === 'Enter') && target.closest('button, a, summary') !== null;
}
