import type { Span } from '#lib/evidence/facts.ts';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { Facts } from '#lib/job/facts.ts';
import type { StepContext } from '#lib/job/step.ts';

/** The input of a describer. */
export interface DescriberInput {
  /** The best frame, for describers that use the picture. */
  picture: BlobName | Blob;
  /** The question, for describers that answer one. */
  question: string;
  /** The features of all frames, and what was detected in them. */
  features: FeaturesOutput;
  objects: Pick<ObjectsOutput, 'frames' | 'removed'>;
  /** Where the scenes of the film lie, on the clock of the frames; a picture has none. */
  scenes: readonly Span[];
}

/** A description, with the facts that it was made from, if it was. */
export interface Described {
  /** One or two sentences in English. */
  text: string;
  facts?: Facts;
}

/** Describes a picture in words. */
export interface Describer {
  /** Its name in the option `describer`. */
  readonly name: string;
  /** Rejects with the signal's reason when it aborts. */
  describe(input: DescriberInput, context: StepContext): Promise<Described>;
}
