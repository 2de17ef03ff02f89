import type { Options, Overrides } from './options.ts';
import { FILM, type Subject } from './subject.ts';

/** One changed option: for everything (subject `film`), or for a scene or clip; undefined removes an override. */
export interface OptionChange {
  subject: Subject;
  step: string;
  name: string;
  value: unknown;
}

type Fields = Record<string, unknown>;

/** The changes from one set of options to another. */
export function diffOptions(from: Options, to: Options): OptionChange[] {
  const subjects = new Set([...Object.keys(from.of), ...Object.keys(to.of)] as Subject[]);
  return [
    ...diffSteps(FILM, from.all, to.all),
    ...[...subjects].flatMap((subject) => diffSteps(subject, from.of[subject], to.of[subject])),
  ];
}

/** Options with the changes applied; all others stay. */
export function patchOptions(options: Options, changes: readonly OptionChange[]): Options {
  const patched = structuredClone(options);
  for (const { subject, step, name, value } of changes) {
    const steps = subject === FILM ? patched.all : (patched.of[subject] ??= {});
    const own = ((steps as Record<string, Fields>)[step] ??= {});
    if (value === undefined) delete own[name];
    else own[name] = structuredClone(value);
  }
  return patched;
}

function diffSteps(subject: Subject, from: Overrides = {}, to: Overrides = {}): OptionChange[] {
  const steps = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...steps].flatMap((step) => {
    const [before = {}, after = {}] = [from, to].map((each) => (each as Record<string, Fields>)[step]);
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names]
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => ({ subject, step, name, value: after[name] }));
  });
}
