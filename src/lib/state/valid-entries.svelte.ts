import type { Entry } from '#lib/job/entry.ts';
import type { Options } from '#lib/job/options.ts';
import { areBlobsThere } from '#lib/pipeline/blobs-there.ts';
import { resolveFilm, withOptionsBehind, withTake, type Current } from '#lib/pipeline/resolve.ts';
import { STEPS } from '#lib/pipeline/steps.ts';
import type { Project } from '#lib/projects/project.ts';
import type { Takes } from './takes.svelte.ts';

/** The entries of the open project that are valid: for its present options, and for the selected take. */
export class ValidEntries {
  /** Valid for the present options. A step that is missing here has to run. */
  current: Current = $state.raw({});
  /** Valid for the selected take: what is saved and shared. */
  takeEntries: Current = $state.raw({});

  readonly #takes: Takes;
  #lookups = 0;

  constructor(takes: Takes) {
    this.#takes = takes;
  }

  /** Finds the valid entries. Options may change while it runs: only the latest call counts; returns whether it did. */
  async resolve(project: Project | null): Promise<boolean> {
    if (!project) return false;
    const mine = ++this.#lookups;
    const current = await resolveFilm(STEPS, project.job, project.options);
    if (mine !== this.#lookups) return false;
    this.current = current;
    this.#takes.select(current.soundtrack?.key);
    const isSame = this.#takes.selected?.key === current.soundtrack?.key;
    const ofTake = isSame ? current : await resolveFilm(STEPS, project.job, this.selectedOptions(project));
    if (mine !== this.#lookups) return false;
    this.takeEntries = ofTake;
    return true;
  }

  /**
   * The options of a project, with those that the selected take was made with. When it was made with other ones, and the
   * present ones have no parts made anew, these are those of its latest assembly.
   */
  selectedOptions({ options, job }: Project): Options {
    const { selected } = this.#takes;
    if (!selected || selected.key === this.current.soundtrack?.key) return options;
    const hasParts = options.all.assemble.clips.some(({ replaces }) => replaces);
    return hasParts ? withOptionsBehind(options, job, selected) : withTake(options, job, selected);
  }

  /**
   * Whether the sound for the present options is stored, with the clips of the user if there are any. What was never made
   * is not missing while there are other takes.
   */
  async isComplete({ options }: Project): Promise<boolean> {
    const { soundtrack, assemble } = this.current;
    if (!soundtrack) return this.#takes.all.length > 0;
    const made = options.all.assemble.clips.length > 0 ? [soundtrack, assemble] : [soundtrack];
    const areThere = await Promise.all(made.map(async (entry) => entry && areBlobsThere(entry)));
    return areThere.every(Boolean);
  }

  /** Whether there is an assembly with the clips of the present options, or there are no clips. */
  areClipsMade({ options }: Project): boolean {
    return options.all.assemble.clips.length === 0 || this.current.assemble !== undefined;
  }

  /** Adds an entry of a run, for the selected take or for the present options. */
  add(entry: Entry, isForTake: boolean): void {
    const name = isForTake ? 'takeEntries' : 'current';
    this[name] = { ...this[name], [entry.step]: entry };
    if (entry.step === 'soundtrack') this.#takes.select(entry.key);
  }

  /** Another project was opened, or none. */
  forget(): void {
    this.#lookups++;
    this.current = {};
    this.takeEntries = {};
  }
}
