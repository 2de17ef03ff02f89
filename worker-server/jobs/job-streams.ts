import { open } from 'node:fs/promises';
import { MAX_PAYLOAD_BYTES } from '#lib/protocol/audio-frame.ts';
import { isLastEvent, type JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { DataFolder } from './data-folder.ts';
import { JobUnknownError } from './job-queue.ts';
import type { Notifier } from './notifier.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { partialPath } from './sound/sound-file.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { RunTable } from './store/run-table.ts';

interface Dependencies {
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  folder: DataFolder;
  running: ReadonlyMap<string, RunInProgress>;
  notifier: Notifier;
  /** Aborted when the queue is closed. */
  closing: AbortSignal;
}

/** Streams the events and the sound of jobs from disk. Slow readers hold no memory and no open files. */
export class JobStreams {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** See `JobQueue.events`. */
  async *events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncGenerator<JobEvent> {
    const { log, notifier, jobs, closing } = this.#deps;
    let seq = afterSeq;
    while (!closing.aborted) {
      signal.throwIfAborted();
      const events = log.after(id, seq);
      for (const event of events) {
        signal.throwIfAborted();
        seq = event.seq;
        yield event;
        if (isLastEvent(event)) return;
      }
      if (events.length > 0) continue;
      const { status } = jobs.get(id) ?? { status: 'done' };
      if (status !== 'queued' && status !== 'running') return;
      await notifier.wait(id, signal);
    }
  }

  /** See `JobQueue.audio`. */
  async *audio(id: JobId, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { runs, jobs, running, folder, notifier, closing } = this.#deps;
    let at = offset;
    while (!closing.aborted) {
      signal.throwIfAborted();
      const job = jobs.get(id);
      if (!job) throw goneError();
      const run = runs.get(job.run)!;
      const isDone = job.status === 'done';
      if (job.status === 'failed' || job.status === 'cancelled' || (isDone && at >= run.bytes)) return;
      const current = running.get(run.engine);
      const sound = current?.id === run.id ? current.sound : null;
      const bytes = isDone ? run.bytes : (sound?.bytes ?? 0);
      const path = folder.soundPath(run.id);
      const piece = at < bytes ? await readPiece(isDone ? path : partialPath(path), at, bytes) : null;
      if (piece && piece.length > 0) {
        at += piece.length;
        yield piece;
      } else if (isDone) {
        throw goneError();
      } else if (at >= bytes) {
        await notifier.wait(`run ${run.id}`, signal);
      }
    }
  }
}

function goneError(): JobUnknownError {
  return new JobUnknownError('The sound of this job is no longer kept.');
}

/** Reads at most 64 KiB; null when the file was just renamed. It is opened for each piece, so slow readers hold none. */
async function readPiece(path: string, at: number, end: number): Promise<Uint8Array | null> {
  try {
    await using file = await open(path, 'r');
    const piece = Buffer.alloc(Math.min(MAX_PAYLOAD_BYTES, end - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    return piece.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
