import { MOST_PAYLOAD_BYTES, packFrame, streamOf } from '#lib/protocol/audio-frame.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Outlet } from './outlet.ts';

/** Where a client stands with a job: the last event and the first byte that it doesn't have. */
export interface Place {
  seq: number;
  offset: number;
}

/**
 * Sends what happens to a job, and its sound while it is made, until its end.
 * @throws JobUnknownError; the signal's reason.
 */
export async function followJob(
  queue: JobQueue,
  job: JobId,
  { seq, offset }: Place,
  outlet: Outlet,
  signal: AbortSignal,
): Promise<void> {
  const isSound = (await queue.state(job)).verb === 'generate';
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  try {
    await Promise.all([
      sendEvents(queue, job, seq, outlet, both),
      isSound ? sendSound(queue, job, offset, outlet, both) : undefined,
    ]);
  } finally {
    // When one of them failed, the other would go on alone.
    stop.abort();
  }
}

async function sendEvents(queue: JobQueue, job: JobId, seq: number, outlet: Outlet, signal: AbortSignal) {
  for await (const event of queue.events(job, seq, signal)) await outlet.send(event, signal);
}

async function sendSound(queue: JobQueue, job: JobId, from: number, outlet: Outlet, signal: AbortSignal) {
  const stream = streamOf(job);
  let offset = from;
  for await (const bytes of queue.audio(job, from, signal)) {
    for (let start = 0; start < bytes.length; start += MOST_PAYLOAD_BYTES) {
      const payload = bytes.subarray(start, start + MOST_PAYLOAD_BYTES);
      await outlet.send(packFrame({ stream, offset, isLast: false, payload }), signal);
      offset += payload.length;
    }
  }
  const { last } = await queue.state(job);
  // Not so when the job failed, or when the server stopped in the middle.
  if (last.t !== 'done' || offset < last.result.bytes) return;
  await outlet.send(
    packFrame({ stream, offset: last.result.bytes, isLast: true, payload: new Uint8Array() }),
    signal,
  );
}
