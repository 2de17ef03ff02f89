import type { FrameLook, VisualOutput } from '#lib/job/entries/visual.ts';

/** What a describer may draw on. */
export interface DescriberInput {
  kind: 'video' | 'picture';
  /** The question put to describers that can be asked. */
  question: string;
  /** The best frame's own measurements. */
  look: FrameLook;
  /** What was measured over all frames. */
  visual: VisualOutput;
}

/** Puts a picture into words. */
export interface Describer {
  /** The name that `description.options.describer` picks it by. */
  readonly name: string;
  /** One or two sentences. Rejects with `signal.reason` when the signal aborts. */
  describe(input: DescriberInput, signal: AbortSignal): Promise<string>;
}
