import type { EntryOf } from '#lib/job/entry.ts';
import { entryKey } from '#lib/job/entry-key.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { FILM } from '#lib/job/subject.ts';
import type { StepContext } from '#lib/job/step.ts';
import { readSource, SOURCE_VERSION } from '#lib/steps/source/source.ts';

/** A file other than the one that a document was made from. */
export class OtherSourceError extends Error {
  override name = 'OtherSourceError';
}

/** Reads a file, stores its bytes as a blob and returns the first entry of a document. */
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

/**
 * Stores the source of a document again.
 * @throws OtherSourceError when it is not the same file, by its MD5.
 */
export async function reopenSource(
  file: File,
  wanted: Pick<SourceOutput, 'md5' | 'name'>,
  context: StepContext,
): Promise<void> {
  const { output } = await openSource(file, context);
  if (output.md5 === wanted.md5) return;
  throw new OtherSourceError(
    `“${wanted.name}” was wanted, the very file that this was made from; “${file.name}” is another one.`,
  );
}
