import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findEntry, type Job } from '../../../src/lib/job/job.ts';
import { defaultOptions } from '../../../src/lib/job/options.ts';
import type { SoundtrackRequest } from '../../../src/lib/job/score.ts';
import { soundtrackRequest } from '../../../src/lib/steps/soundtrack/soundtrack-request.ts';
import { followObjects } from '../../../src/lib/steps/soundtrack/follow-objects.ts';
import { runCommand } from '../run-command.ts';
import { watchInNode } from '../watch-in-node.ts';

/** Everything that the soundtrack reads. */
const STEPS = 'prompt,length';

/** The job document of a file with what the app sees in it: from the folder, or made by the command line; null if it fails. */
export async function jobOf(file: string, folder: string): Promise<Job | null> {
  mkdirSync(folder, { recursive: true });
  const json = join(folder, `${basename(file)}.json`);
  if (!existsSync(json)) {
    const run = await runCommand('node', ['cli/immersivaudio.js', file, '--only', STEPS, '--json', json]);
    if (run.code !== 0) {
      console.log(`✗ ${basename(file)}: ${run.output.trim().split('\n').at(-1)}`);
      return null;
    }
  }
  return JSON.parse(readFileSync(json, 'utf8')) as Job;
}

/**
 * The request that the soundtrack step would make of a document, with default options. What moves in the file is watched
 * anew: documents have no bytes.
 */
export function requestOf(job: Job, file: string): SoundtrackRequest {
  const need = <N extends Parameters<typeof findEntry>[1]>(step: N) => findEntry(job, step)!;
  const length = need('length').output;
  const isPicture = need('source').output.kind === 'picture';
  const watched = isPicture
    ? null
    : watchInNode(file, length.startSeconds, length.startSeconds + length.durationSeconds);
  return soundtrackRequest(
    {
      source: need('source').output,
      length,
      scenes: need('scenes').output,
      prompt: need('prompt'),
      features: need('features').output,
      objects: need('objects').output,
    },
    defaultOptions().all.soundtrack,
    followObjects(watched, need('objects').output, need('features').output.cuts, length),
  );
}
