import { STEP_NAMES, type StepName } from '#lib/job/entry.ts';
import type { Job } from '#lib/job/job.ts';
import type { Step } from '#lib/job/step.ts';
import { assembleStep } from '#lib/steps/assemble/assemble.ts';
import { bestFrameStep } from '#lib/steps/best-frame/best-frame.ts';
import { descriptionStep } from '#lib/steps/description/description.ts';
import { featuresStep } from '#lib/steps/features/features.ts';
import { filmStep } from '#lib/steps/film/film.ts';
import { framesStep } from '#lib/steps/frames/frames.ts';
import { lengthStep } from '#lib/steps/length/length.ts';
import { mixStep } from '#lib/steps/mix/mix.ts';
import { objectsStep } from '#lib/steps/objects/objects.ts';
import { promptStep } from '#lib/steps/prompt/prompt.ts';
import { scenesStep } from '#lib/steps/scenes/scenes.ts';
import { soundtrackStep } from '#lib/steps/soundtrack/soundtrack.ts';
import { sourceAudioStep } from '#lib/steps/source-audio/source-audio.ts';
import { watchStep } from '#lib/steps/watch/watch.ts';

/** A step of any name: its inputs are known only at run time. */
export interface AnyStep extends Omit<
  Step,
  'run' | 'prepare' | 'readsBlobs' | 'isLasting' | 'replans' | 'divides'
> {
  run(inputs: never, options: never, context: Parameters<Step['run']>[2]): ReturnType<Step['run']>;
  prepare?(options: never, signal: AbortSignal, job?: Job): void;
  readsBlobs?(options: never): readonly string[];
  isLasting?(entry: never): boolean;
  replans?(change: never): boolean;
  divides?: {
    into: 'scene' | 'clip';
    spans(output: never): ReturnType<NonNullable<Step['divides']>['spans']>;
  };
}

/**
 * Checks that every step comes after its inputs; `source` comes before all others.
 * @throws TypeError naming the first step that doesn't.
 */
export function inOrder(steps: readonly AnyStep[]): readonly AnyStep[] {
  const before = new Set<StepName>(['source']);
  for (const { name, needs } of steps) {
    const late = Object.values(needs).find(({ step }) => !before.has(step));
    if (late) throw new TypeError(`The step "${name}" reads "${late.step}", which has to stand before it.`);
    before.add(name);
  }
  return steps;
}

/** All steps after the source, each after its inputs. A new step is one line here. */
export const STEPS = inOrder([
  lengthStep,
  watchStep,
  scenesStep,
  framesStep,
  sourceAudioStep,
  objectsStep,
  featuresStep,
  bestFrameStep,
  descriptionStep,
  promptStep,
  soundtrackStep,
  assembleStep,
  mixStep,
  filmStep,
]);

/** The steps that run by themselves as soon as there is a file. */
export const AUTOMATIC: readonly StepName[] = STEPS.filter(({ isAutomatic }) => isAutomatic).map(
  ({ name }) => name,
);

/** The same steps with one of them replaced. */
export function stepsWith(step: AnyStep): readonly AnyStep[] {
  return STEPS.map((each) => (each.name === step.name ? step : each));
}

/** Whether a change of options makes an edited score obsolete. */
export function replans(name: StepName, change: object): boolean {
  const step = STEPS.find((each) => each.name === name);
  return step?.replans?.(change as never) ?? true;
}

/** The given steps and everything that they depend on, in order. */
export function stepsBehind(goals: readonly StepName[], steps: readonly AnyStep[] = STEPS): StepName[] {
  const behind = new Set<StepName>();
  const visit = (name: StepName) => {
    if (behind.has(name)) return;
    behind.add(name);
    const { needs = {} } = steps.find((step) => step.name === name) ?? {};
    for (const { step } of Object.values(needs)) visit(step);
  };
  goals.forEach(visit);
  return STEP_NAMES.filter((name) => behind.has(name));
}
