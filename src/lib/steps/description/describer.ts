import type { BlobName } from '#lib/job/blob-name.ts';
import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import type { StepContext } from '#lib/job/step.ts';

/** The input of a describer. */
export interface DescriberInput {
  kind: 'video' | 'picture';
  /** The best frame, for describers that use the picture. */
  picture: BlobName | Blob;
  /** The question, for describers that answer one. */
  question: string;
  /** The features of the best frame. */
  frame: FrameFeatures;
  /** The features of all frames. */
  features: FeaturesOutput;
}

/** Describes a picture in words. */
export interface Describer {
  /** Its name in the option `describer`. */
  readonly name: string;
  /** Returns one or two sentences. Rejects with the signal's reason when it aborts. */
  describe(input: DescriberInput, context: StepContext): Promise<string>;
}
