import type { StepName } from '#lib/job/entry.ts';
import type { Step } from '#lib/job/step.ts';
import { bestFrameStep } from '#lib/steps/best-frame/best-frame.ts';
import { descriptionStep } from '#lib/steps/description/description.ts';
import { filmStep } from '#lib/steps/film/film.ts';
import { framesStep } from '#lib/steps/frames/frames.ts';
import { mixStep } from '#lib/steps/mix/mix.ts';
import { objectsStep } from '#lib/steps/objects/objects.ts';
import { originalStep } from '#lib/steps/original/original.ts';
import { promptStep } from '#lib/steps/prompt/prompt.ts';
import { soundtrackStep } from '#lib/steps/soundtrack/soundtrack.ts';
import { visualStep } from '#lib/steps/visual/visual.ts';

/** Any step: which entries it reads is known at run time only. */
export type AnyStep = Step<StepName, StepName>;

/** The rooms of the corridor behind the door. A new module is one line here. */
export const CORRIDOR = [
  framesStep,
  originalStep,
  objectsStep,
  visualStep,
  bestFrameStep,
  descriptionStep,
  promptStep,
  soundtrackStep,
  mixStep,
  filmStep,
] as unknown as readonly AnyStep[];

/** The same rooms with one of them furnished otherwise. */
export function corridorWith(step: { name: StepName }): readonly AnyStep[] {
  return CORRIDOR.map((room) => (room.name === step.name ? (step as AnyStep) : room));
}
