import * as v from 'valibot';
import { EntrySchema, type Entry } from '../entry.ts';
import { entryKey } from '../entry-key.ts';
import { deviceMaker, type Maker } from '../maker.ts';
import { FILM } from '../subject.ts';
import { descriptionFrom1, lengthFrom1, ownWords, RENAMED_STEPS, soundtrackFrom1 } from './options-1.ts';

type Fields = Record<string, unknown>;

/** An entry of schema 1: the fields that every entry had. */
interface Entry1 {
  step: string;
  version: number;
  at: string;
  milliseconds: number;
  key: string;
  inputs: Record<string, string>;
  options: Fields;
  output: Fields;
}

/** The fields of an entry that a migration changes. */
type Change = Partial<Pick<Entry1, 'inputs' | 'options' | 'output'>> & { maker?: Maker };

/**
 * Migrates a job document from schema 1 to schema 2: entries get a subject and a maker, results in options become
 * outputs, the length of the film becomes an entry, and every key is computed again, so that an entry stays valid for
 * the same options.
 * @throws v.ValiError when an entry does not match schema 1.
 */
export async function jobFrom1(document: object): Promise<object> {
  const { entries = [], ...rest } = document as { entries?: Entry1[] };
  const migration = new Migration();
  for (const entry of entries) await migration.take(entry);
  return { ...rest, schema: 2, entries: migration.entries };
}

class Migration {
  readonly entries: Entry[] = [];
  /** Key of schema 1 → the migrated entry. */
  readonly #become = new Map<string, Entry>();
  /** Key of a description of schema 1 → the user's own text in its options. */
  readonly #ownWords = new Map<string, string | null>();

  async take(old: Entry1): Promise<void> {
    const inputs = Object.fromEntries(
      Object.entries(old.inputs).map(([name, key]) => [RENAMED_STEPS[name] ?? name, key]),
    );
    const step = RENAMED_STEPS[old.step] ?? old.step;
    await this.#add({ ...old, step, inputs, ...(await this.#changeOf(old, inputs)) });
  }

  async #changeOf(old: Entry1, inputs: Entry1['inputs']): Promise<Change> {
    switch (old.step) {
      case 'visual': {
        const { looks, ...output } = old.output;
        return { output: { ...output, frames: looks } };
      }
      case 'objects': {
        const detector = old.output['detector'] as { model: string } | null;
        return detector ? { maker: deviceMaker(detector.model) } : {};
      }
      case 'best-frame':
        return { maker: deviceMaker(old.output['embedder'] as string) };
      case 'description':
        this.#ownWords.set(old.key, ownWords(old.options));
        return describedFrom1(old);
      case 'prompt': {
        const description = this.#ownWords.get(inputs['description']!) ?? null;
        return { options: { ...old.options, description } };
      }
      case 'soundtrack': {
        const { source, ...others } = inputs;
        return { ...playedFrom1(old), inputs: { length: await this.#addLength(old, source!), ...others } };
      }
      default:
        return {};
    }
  }

  /** Adds the entry with the length of a soundtrack's film; returns its key. */
  async #addLength(soundtrack: Entry1, source: string): Promise<string> {
    const from = this.#become.get(source);
    if (from?.step !== 'source') throw new TypeError('A soundtrack has a source; this one has none.');
    const key = `length of ${soundtrack.key}`;
    const { startSeconds } = from.output;
    await this.#add({
      ...{ step: 'length', version: 1, at: soundtrack.at, milliseconds: 0, key, inputs: { source } },
      options: lengthFrom1(soundtrack.options),
      output: { startSeconds, durationSeconds: soundtrack.output['durationSeconds'] },
    });
    return key;
  }

  async #add({ inputs, ...draft }: Entry1 & Change): Promise<void> {
    const parsed = v.parse(EntrySchema, { maker: deviceMaker(), ...draft, subject: FILM, inputs: {} });
    const read = Object.entries(inputs).flatMap(([role, key]) => {
      const entry = this.#become.get(key);
      return entry ? [[role, entry] as const] : [];
    });
    const { step, version } = parsed;
    const options = parsed.step === 'source' ? { md5: parsed.output.md5 } : parsed.options;
    const key = await entryKey({ step, version, options, inputs: Object.fromEntries(read), span: null });
    // Entries that differed only in a text which is an option of another step now are the same entry.
    const same = this.entries.find((entry) => entry.step === step && entry.key === key);
    const entry = same ?? {
      ...parsed,
      key,
      inputs: Object.fromEntries(read.map(([role, { key }]) => [role, key])),
    };
    if (!same) this.entries.push(entry);
    this.#become.set(draft.key, entry);
  }
}

function describedFrom1({ options, output }: Entry1): Change {
  const { made, why, describer } = output as { made: string; why?: string; describer: string };
  const given = options['given'] as
    (Pick<Maker, 'isPreview' | 'weights'> & { describer: string }) | undefined;
  const isGiven = given !== undefined && given.describer === describer;
  const name = describer === 'measured' ? 'rules' : describer;
  return {
    options: descriptionFrom1(isGiven ? options : { ...options, given: undefined }),
    output: { text: made, ...(why !== undefined && { why }) },
    maker: isGiven
      ? { where: 'server', name, title: name, isPreview: given.isPreview, weights: given.weights }
      : deviceMaker(name),
  };
}

function playedFrom1({ options, output }: Entry1): Change {
  const { durationSeconds, music, effects, score } = output;
  const server = output['server'] as
    | (Pick<Maker, 'title' | 'isPreview' | 'weights'> & {
        engine: string;
        fit: string;
        generatedSeconds: number;
      })
    | undefined;
  const maker: Maker = server
    ? {
        where: 'server',
        name: server.engine,
        title: server.title,
        isPreview: server.isPreview,
        weights: server.weights,
      }
    : deviceMaker('synth');
  const { fit, generatedSeconds } = server ?? { fit: 'whole', generatedSeconds: durationSeconds };
  const stemFrom1 = (stem: unknown) => stem && { stem, maker, fit, generatedSeconds };
  return {
    options: soundtrackFrom1(options),
    output: { durationSeconds, music: stemFrom1(music), effects: stemFrom1(effects), score },
    maker,
  };
}
