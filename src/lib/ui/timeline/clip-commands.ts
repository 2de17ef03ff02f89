import type { Line } from '#lib/job/score.ts';
import type { Player } from '#lib/state/player.svelte.ts';
import type { TimelineEditor } from '#lib/state/timeline-editor.svelte.ts';
import { TRACKS, type TimelineClip, type TrackId } from '#lib/timeline/clip.ts';
import {
  changeClip,
  copyClip,
  moveClip,
  removeClip,
  SHORTEST_SECONDS,
  splitClip,
  trimClip,
  varyClip,
  type ClipChange,
} from '#lib/timeline/edit-clip.ts';

/** What is done with clips: each is a step of the history. */
export class ClipCommands {
  readonly #editor: TimelineEditor;
  readonly #player: Player;

  constructor(editor: TimelineEditor, player: Player) {
    this.#editor = editor;
    this.#player = player;
  }

  move(clip: TimelineClip, seconds: number): void {
    this.#edit('move', clip, (content) => moveClip(content, clip, seconds, this.#filmSeconds));
  }

  trim(clip: TimelineClip, edge: 'start' | 'end', seconds: number): void {
    this.#edit('trim', clip, (content) => trimClip(content, clip, edge, seconds, this.#filmSeconds));
  }

  fade(clip: TimelineClip, edge: 'start' | 'end', seconds: number): void {
    this.change(clip, 'fade', edge === 'start' ? { fadeInSeconds: seconds } : { fadeOutSeconds: seconds });
  }

  bend(clip: TimelineClip, gainLine: Line): void {
    this.change(clip, 'bend', { gainLine });
  }

  level(clip: TimelineClip, gainDb: number): void {
    this.change(clip, 'level', { gainDb });
  }

  vary(clip: TimelineClip): void {
    this.#edit('remake', clip, (content) => varyClip(content, clip));
  }

  remove(clip: TimelineClip): void {
    this.#edit('remove', clip, (content) => removeClip(content, clip));
  }

  /** Adds a copy behind the clip, or at the playhead where that lies outside of it. */
  copy(clip: TimelineClip): void {
    const { seconds } = this.#player;
    const isOutside = seconds < clip.startSeconds || seconds > clip.endSeconds;
    const at = isOutside ? seconds : Math.min(clip.endSeconds, this.#filmSeconds - SHORTEST_SECONDS);
    this.#edit('copy', clip, (content) => copyClip(content, clip, at, this.#filmSeconds));
  }

  /** Cuts clips in two at the playhead. */
  split(clips: readonly TimelineClip[]): void {
    const [first] = clips;
    if (!first) return;
    const at = Math.round(this.#player.seconds * 1000) / 1000;
    this.#edit('split', first, (content) => clips.reduce((next, clip) => splitClip(next, clip, at), content));
  }

  /** Changes one thing of a clip; quick changes of the same thing are one step. */
  change(clip: TimelineClip, does: string, change: ClipChange): void {
    const merge = `${clip.key} ${Object.keys(change).join()}`;
    this.#edit(does, clip, (content) => changeClip(content, clip, change), merge);
  }

  /** Whether a clip can be cut at the playhead. */
  canSplit(clip: TimelineClip): boolean {
    const { seconds } = this.#player;
    return (
      this.#editor.canEdit(clip) &&
      seconds > clip.startSeconds + SHORTEST_SECONDS &&
      seconds < clip.endSeconds - SHORTEST_SECONDS
    );
  }

  /** The clips of a track, by time. */
  inOrder(track: TrackId): TimelineClip[] {
    return this.#editor.clips
      .filter((clip) => clip.track === track)
      .toSorted((a, b) => a.startSeconds - b.startSeconds);
  }

  /** The clip nearest in time on the next track that has one, so many tracks down. */
  neighbour(clip: TimelineClip, step: 1 | -1): TimelineClip | undefined {
    const apart = (one: TimelineClip) => Math.abs(one.startSeconds - clip.startSeconds);
    for (let at = TRACKS.indexOf(clip.track) + step; TRACKS[at]; at += step) {
      const nearest = this.inOrder(TRACKS[at]!).toSorted((a, b) => apart(a) - apart(b))[0];
      if (nearest) return nearest;
    }
    return undefined;
  }

  get #filmSeconds(): number {
    return this.#player.durationSeconds;
  }

  #edit(
    does: string,
    clip: TimelineClip,
    change: Parameters<TimelineEditor['edit']>[1],
    merge?: string,
  ): void {
    this.#editor.edit({ does, what: clip.name }, change, merge);
  }
}
