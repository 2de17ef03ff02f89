import type { EntryOf } from '#lib/job/entry.ts';
import { findEntry } from '#lib/job/job.ts';
import type { Current } from '#lib/pipeline/resolve.ts';
import type { Project } from '#lib/projects/project.ts';
import { grabFrame } from '#lib/steps/frames/frames.ts';

/** The best frame in full size as a PNG; null when there is none yet. @throws FramesError when it can't be decoded. */
export async function bestFramePicture(current: Current): Promise<Blob | null> {
  const { source, frames, 'best-frame': best } = current;
  const frame = frames?.output.frames[best?.output.index ?? -1];
  if (!source || !frame) return null;
  return grabFrame(source.output, frame.takenSeconds, new AbortController().signal);
}

/** The stored best frame of a project; without one the poster that it has. */
export function bestFrameBlob({ job, poster }: Project, best: EntryOf<'best-frame'>): Project['poster'] {
  return findEntry(job, 'frames')?.output.frames[best.output.index]?.blob ?? poster;
}
