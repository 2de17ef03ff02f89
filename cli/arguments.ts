import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { optionsByStep, type Options } from '#lib/job/options.ts';
import { MOODS } from '../src/lib/ui/moods.ts';

const CONTAINERS = ['.mp4', '.webm', '.mkv'];

/** What the user asked for. */
export interface Wishes {
  files: string[];
  /** A file, or a folder when there are several files; null puts each film beside its source. */
  output: string | null;
  json: string | null;
  stems: string | null;
  options: Options;
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
export function parseArguments(words: string[]): 'help' | 'version' | Wishes {
  const { values, positionals } = parse(words);
  if (values.help) return 'help';
  if (values.version) return 'version';
  if (positionals.length === 0) throw new UsageError('Name at least one video or picture.');
  if (values['keep-original'] && values['no-original']) {
    throw new UsageError('Choose one of --keep-original and --no-original.');
  }
  return {
    files: positionals,
    output: values.output ?? null,
    json: values.json ?? null,
    stems: values.stems ?? null,
    options: toOptions(values),
  };
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        music: { type: 'boolean' },
        effects: { type: 'boolean' },
        balance: { type: 'string' },
        duration: { type: 'string' },
        seed: { type: 'string' },
        prompt: { type: 'string' },
        mood: { type: 'string' },
        detector: { type: 'string' },
        'keep-original': { type: 'boolean' },
        'no-original': { type: 'boolean' },
        json: { type: 'string' },
        stems: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}

function toOptions(values: ReturnType<typeof parse>['values']): Options {
  const kind = values.music === values.effects ? 'both' : values.music ? 'music' : 'effects';
  const extension = extname(values.output ?? '').toLowerCase();
  try {
    return optionsByStep({
      objects: { model: values.detector },
      prompt: { music: values.prompt, effects: values.prompt, mood: readMood(values.mood) },
      soundtrack: {
        kind,
        seed: readNumber('--seed', values.seed),
      },
      length: { durationSeconds: readNumber('--duration', values.duration) },
      mix: {
        balance: readNumber('--balance', values.balance),
        original: { isMuted: values['no-original'] ?? false },
      },
      film: { container: CONTAINERS.includes(extension) ? extension.slice(1) : 'auto' },
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError((error as Error).message);
  }
}

function readNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) {
    throw new UsageError(`${name} wants a number, but got "${text}".`);
  }
  return number;
}

function readMood(name: string | undefined) {
  if (name === undefined) return null;
  if (Object.hasOwn(MOODS, name)) return MOODS[name as keyof typeof MOODS];
  throw new UsageError(`--mood knows ${Object.keys(MOODS).join(', ')}, but got "${name}".`);
}
