import type { BlobName } from '#lib/job/blob-name.ts';
import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import type { StepContext } from '#lib/job/step.ts';

/** What a describer may draw on. */
export interface DescriberInput {
  kind: 'video' | 'picture';
  /** The best frame itself, for describers that look. */
  picture: BlobName | Blob;
  /** The question put to describers that can be asked. */
  question: string;
  /** The best frame's own measurements. */
  frame: FrameFeatures;
  /** What was measured over all frames. */
  features: FeaturesOutput;
}

/** Puts a picture into words. */
export interface Describer {
  /** The name that `description.options.describer` picks it by. */
  readonly name: string;
  /** One or two sentences. Rejects with the signal's reason when it aborts. */
  describe(input: DescriberInput, context: StepContext): Promise<string>;
}
