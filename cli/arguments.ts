import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { StepName } from '#lib/job/entry.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { readStepName } from '#lib/job/read-step-name.ts';
import { MOODS } from '../src/lib/ui/moods.ts';

const CONTAINERS = ['.mp4', '.webm', '.mkv'];

/** The `--json` that stands for the standard output. */
export const STDOUT = '-';

/** What the user asked for. */
export interface CliRequest {
  files: string[];
  /** A job document to go on from. */
  from: string | null;
  /** Only these steps are run, and no film is made; null runs all. */
  only: StepName[] | null;
  /** A file, or a folder when there are several files; null puts each film beside its source. */
  output: string | null;
  /** A file, a folder, or `STDOUT`. */
  json: string | null;
  stems: string | null;
  /** The options that were given, by step. */
  options: Partial<Record<StepName, object>>;
}

/** The command was not understood. */
export class UsageError extends TypeError {
  override name = 'UsageError';
}

/**
 * Reads the command line.
 * @param words What stands after the program's name.
 * @throws UsageError with one sentence on what is wrong.
 */
export function parseArguments(words: string[]): 'help' | 'version' | CliRequest {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  if (values.version) return 'version';
  if (values['keep-original'] && values['no-original']) {
    throw new UsageError('Choose one of --keep-original and --no-original.');
  }
  const request = {
    files: positionals,
    from: values.from ?? null,
    only: values.only === undefined ? null : orUsageError(() => readSteps(values.only!)),
    output: values.output ?? null,
    json: values.json ?? null,
    stems: values.stems ?? null,
    options: toOptions(values),
  };
  check(request);
  return request;
}

function check({ files, from, only, output, json, stems }: CliRequest): void {
  const count = files.length;
  if (count === 0 && from === null) throw new UsageError('Name at least one video or picture.');
  if (count > 1 && from !== null) {
    throw new UsageError(`--from goes with one file, the one that the document was made from, not ${count}.`);
  }
  if (count > 1 && json === STDOUT)
    throw new UsageError(`--json ${STDOUT} goes with one file, not ${count}.`);
  if (only === null && count === 0) {
    throw new UsageError(`A film needs the file that ${from} was made from: name it too, or use --only.`);
  }
  if (only !== null && json === null) {
    throw new UsageError('--only makes no film, only the job document: name a file for it with --json.');
  }
  if (only !== null && (output !== null || stems !== null)) {
    throw new UsageError('--only writes nothing but the job document: leave out --output and --stems.');
  }
}

function parse(words: string[]) {
  return orUsageError(() =>
    parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        music: { type: 'boolean' },
        effects: { type: 'boolean' },
        balance: { type: 'string' },
        duration: { type: 'string' },
        seed: { type: 'string' },
        k: { type: 'string' },
        prompt: { type: 'string' },
        mood: { type: 'string' },
        detector: { type: 'string' },
        scenes: { type: 'string' },
        sensitivity: { type: 'string' },
        'keep-original': { type: 'boolean' },
        'no-original': { type: 'boolean' },
        only: { type: 'string' },
        from: { type: 'string' },
        json: { type: 'string' },
        stems: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    }),
  );
}

function readSteps(list: string): StepName[] {
  const steps = list.split(',').map((name) => readStepName(name.trim()));
  return [...new Set(steps)];
}

/** The options that were given, and no others: a document keeps the rest of its own. */
function toOptions(values: ReturnType<typeof parse>['values']): CliRequest['options'] {
  const kind = values.music && values.effects ? 'both' : values.music ? 'music' : 'effects';
  const isMuted = values['no-original'] ?? false;
  const extension = extname(values.output ?? '').toLowerCase();
  const given = {
    frames: { k: readNumber('--k', values.k) },
    scenes: {
      ...readScenes(values.scenes),
      sensitivity: readNumber('--sensitivity', values.sensitivity),
    },
    objects: { model: values.detector },
    prompt: { music: values.prompt, effects: values.prompt, mood: readMood(values.mood) },
    soundtrack: {
      kind: values.music || values.effects ? kind : undefined,
      seed: readNumber('--seed', values.seed),
    },
    length: { durationSeconds: readNumber('--duration', values.duration) },
    mix: {
      balance: readNumber('--balance', values.balance),
      original: isMuted || values['keep-original'] ? { isMuted } : undefined,
    },
    film: { container: CONTAINERS.includes(extension) ? extension.slice(1) : undefined },
  };
  const options = JSON.parse(JSON.stringify(given)) as typeof given;
  orUsageError(() => optionsByStep(options));
  return options;
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) {
    throw new UsageError(`${name} wants a number, but got "${text}".`);
  }
  return number;
}

/** `auto`, `network` and `off` name the detector; times are the user's boundaries, in place of all others. */
function readScenes(text: string | undefined): { detector?: 'auto' | 'network' | 'off'; added?: number[] } {
  if (text === undefined) return {};
  if (text === 'auto' || text === 'network' || text === 'off') return { detector: text, added: [] };
  const added = text.split(',').map(Number);
  if (text.trim() !== '' && added.every((time) => Number.isFinite(time) && time >= 0))
    return { detector: 'off', added: added.sort((a, b) => a - b) };
  throw new UsageError(
    `--scenes wants auto, network, off or times in seconds such as 12.3,40.1, but got "${text}".`,
  );
}

function readMood(name: string | undefined) {
  if (name === undefined) return undefined;
  if (Object.hasOwn(MOODS, name)) return MOODS[name as keyof typeof MOODS];
  throw new UsageError(`--mood knows ${Object.keys(MOODS).join(', ')}, but got "${name}".`);
}

/** @throws UsageError with the first line of whatever `read` throws. */
function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}
