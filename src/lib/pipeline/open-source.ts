import type { EntryOf } from '#lib/job/entry.ts';
import { entryKey } from '#lib/job/entry-key.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { FILM } from '#lib/job/subject.ts';
import type { StepContext } from '#lib/job/step.ts';
import { readSource, SOURCE_VERSION } from '#lib/steps/source/source.ts';

/** Reads a file, puts its bytes into the blob store and gives the first entry of a document. */
export async function openSource(file: File, context: StepContext): Promise<EntryOf<'source'>> {
  const began = performance.now();
  const output = await readSource(file, context);
  return {
    step: 'source',
    version: SOURCE_VERSION,
    subject: FILM,
    at: new Date().toISOString(),
    milliseconds: Math.round(performance.now() - began),
    key: await entryKey({
      step: 'source',
      version: SOURCE_VERSION,
      options: { md5: output.md5 },
      inputs: {},
      span: null,
    }),
    inputs: {},
    options: {},
    output,
    maker: deviceMaker(),
  };
}
