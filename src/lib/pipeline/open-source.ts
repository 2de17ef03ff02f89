import type { EntryOf } from '#lib/job/entry.ts';
import type { StepContext } from '#lib/job/step.ts';
import { readSource, SOURCE_VERSION } from '#lib/steps/source/source.ts';
import { entryKey } from './entry-key.ts';

/** The door of the house: reads a file, lays its bytes in the blob store and gives the first entry. */
export async function openSource(file: File, context: StepContext): Promise<EntryOf<'source'>> {
  const began = performance.now();
  const output = await readSource(file, context);
  return {
    step: 'source',
    version: SOURCE_VERSION,
    at: new Date().toISOString(),
    milliseconds: Math.round(performance.now() - began),
    key: await entryKey('source', SOURCE_VERSION, { md5: output.md5 }, []),
    inputs: {},
    options: {},
    output,
  };
}
