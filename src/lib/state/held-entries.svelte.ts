import type { Entry } from '#lib/job/entry.ts';
import type { Options } from '#lib/job/options.ts';
import { resolveFilm, withOptionsBehind, type Current } from '#lib/pipeline/resolve.ts';
import { STEPS } from '#lib/pipeline/steps.ts';
import type { Project } from '#lib/projects/project.ts';
import type { Takes } from './takes.svelte.ts';

/** Which entries of the open project hold: for its present options, and for the take that is heard. */
export class HeldEntries {
  /** Those that hold for the present options. A step that is missing here has to run. */
  current: Current = $state.raw({});
  /** Those that hold for the take that is heard: what is saved and shared. */
  heard: Current = $state.raw({});

  readonly #takes: Takes;
  #lookUp = 0;

  constructor(takes: Takes) {
    this.#takes = takes;
  }

  /** Looks which hold. Options may change faster than this answers: only the last answer counts. */
  async resolve(project: Project | null): Promise<void> {
    if (!project) return;
    const mine = ++this.#lookUp;
    const current = await resolveFilm(STEPS, project.job, project.options);
    if (mine !== this.#lookUp) return;
    this.current = current;
    this.#takes.hear(current.soundtrack?.key);
    const isHeard = this.#takes.heard?.key === current.soundtrack?.key;
    const heard = isHeard ? current : await resolveFilm(STEPS, project.job, this.optionsHeard(project));
    if (mine === this.#lookUp) this.heard = heard;
  }

  /** The options of a project with those that led to the take that is heard. */
  optionsHeard({ options, job }: Project): Options {
    const { heard } = this.#takes;
    return heard ? withOptionsBehind(options, job, heard) : options;
  }

  /** Holds an entry that a run has brought, for the take that is heard or for the present options. */
  hold(entry: Entry, isOfTake: boolean): void {
    const name = isOfTake ? 'heard' : 'current';
    this[name] = { ...this[name], [entry.step]: entry };
    if (entry.step === 'soundtrack') this.#takes.hear(entry.key);
  }

  /** Another project was opened, or none. */
  forget(): void {
    this.#lookUp++;
    this.current = {};
    this.heard = {};
  }
}
