import type { BlobName } from '#lib/job/blob-name.ts';
import type { FrameLook, VisualOutput } from '#lib/job/entries/visual.ts';
import type { StepContext } from '#lib/job/step.ts';

/** What a describer may draw on. */
export interface DescriberInput {
  kind: 'video' | 'picture';
  /** The best frame itself, for describers that look. */
  picture: BlobName | Blob;
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
  /** One or two sentences. Rejects with the signal's reason when it aborts. */
  describe(input: DescriberInput, context: StepContext): Promise<string>;
}
