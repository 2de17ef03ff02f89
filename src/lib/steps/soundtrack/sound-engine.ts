import type { SoundtrackOutput } from '#lib/job/entries/soundtrack.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { StepContext } from '#lib/job/step.ts';

/** Something that makes soundtracks: this device, a server, a sound library. */
export interface SoundEngine {
  /** As in the options of the step. */
  name: string;
  /** Makes music and effects of exactly the asked length; what the request's `kind` leaves out is null. */
  render(request: SoundtrackRequest, context: StepContext): Promise<SoundtrackOutput>;
}
