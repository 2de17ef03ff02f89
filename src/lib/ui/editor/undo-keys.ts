import type { Attachment } from 'svelte/attachments';
import { shortcutOf } from '../shortcuts/shortcuts.ts';

/** Fields in which the browser undoes typing. */
const TEXT =
  'textarea, input:not([type=range], [type=checkbox], [type=radio], [type=color], [type=button], [type=file])';

/**
 * Calls `onkey` for undo and redo anywhere in the document, except in a dialog, and in a text field while what was typed
 * there has not taken effect: there the browser's own undo applies.
 */
export function undoKeys(onkey: (does: 'undo' | 'redo') => void): Attachment {
  return () => {
    /** The field with a text that is being typed. */
    let typed: EventTarget | null = null;
    const stop = new AbortController();
    const listen = <K extends keyof DocumentEventMap>(
      type: K,
      listener: (event: DocumentEventMap[K]) => void,
    ) => document.addEventListener(type, listener, { signal: stop.signal });

    listen('input', ({ target }) => {
      if (target instanceof Element && target.matches(TEXT)) typed = target;
    });
    for (const type of ['change', 'focusout'] as const) listen(type, () => (typed = null));
    listen('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) typed = null;
      const does = shortcutOf(event);
      if (does !== 'undo' && does !== 'redo') return;
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (typed !== null && typed === event.target) return;
      event.preventDefault();
      onkey(does);
    });
    return () => stop.abort();
  };
}
