import type { TimelineClip } from '#lib/timeline/clip.ts';
import type { ClipCommands } from './clip-commands.ts';

const NUDGE_SECONDS = 0.1;
const BIG_NUDGE_SECONDS = 1;

/** What the keys of a focused clip do besides its commands. */
interface ClipKeyTargets {
  commands: ClipCommands;
  canEdit: boolean;
  /** Focuses another clip. */
  onfocus: (clip: TimelineClip) => void;
  onremove: () => void;
  /** Clears the selection. */
  onleave: () => void;
}

/**
 * The keys of a clip: arrows go to others; with Alt they move it (Shift: farther); Ctrl+D copies it, S cuts it at the
 * playhead, Delete removes it.
 * @returns Whether the key was one of them.
 */
export function pressClipKey(event: KeyboardEvent, clip: TimelineClip, targets: ClipKeyTargets): boolean {
  const { commands, canEdit, onfocus, onremove, onleave } = targets;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const step = event.shiftKey ? BIG_NUDGE_SECONDS : NUDGE_SECONDS;
  const nudge = { ArrowLeft: -step, ArrowRight: step }[key];
  if (event.altKey) {
    if (nudge === undefined) return false;
    if (canEdit) commands.move(clip, clip.startSeconds + nudge);
    return true;
  }
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'd') return false;
    if (canEdit) commands.copy(clip);
    return true;
  }
  if (key === 'Delete' || key === 'Backspace') {
    if (canEdit) onremove();
    return true;
  }
  if (key === 's') {
    if (commands.canSplit(clip)) commands.split([clip]);
    return true;
  }
  if (key === 'Escape') {
    onleave();
    return true;
  }
  const line = commands.inOrder(clip.track);
  const at = line.findIndex((each) => each.key === clip.key);
  const others: Record<string, TimelineClip | undefined> = {
    ArrowLeft: line[at - 1],
    ArrowRight: line[at + 1],
    ArrowUp: commands.neighbour(clip, -1),
    ArrowDown: commands.neighbour(clip, 1),
    Home: line[0],
    End: line.at(-1),
  };
  if (!(key in others)) return false;
  const other = others[key];
  if (other) onfocus(other);
  return true;
}
