import { MAX_PAYLOAD_BYTES, packFrame, streamOf } from '#lib/protocol/audio-frame.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { SendQueue } from './send-queue.ts';

/** Where to resume a job: the last event that the client has, and the first byte that it lacks. */
export interface ResumePoint {
  seq: number;
  offset: number;
}

/**
 * Sends the events of a job, and its sound while it is generated, until its end.
 * @throws JobUnknownError; the signal's reason.
 */
export async function followJob(
  queue: JobQueue,
  job: JobId,
  { seq, offset }: ResumePoint,
  sendQueue: SendQueue,
  signal: AbortSignal,
): Promise<void> {
  const isSound = (await queue.state(job)).verb === 'generate';
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  try {
    await Promise.all([
      sendEvents(queue, job, seq, sendQueue, both),
      isSound ? sendSound(queue, job, offset, sendQueue, both) : undefined,
    ]);
  } finally {
    // When one stream fails, the other must end too.
    stop.abort();
  }
}

async function sendEvents(
  queue: JobQueue,
  job: JobId,
  seq: number,
  sendQueue: SendQueue,
  signal: AbortSignal,
) {
  for await (const event of queue.events(job, seq, signal)) await sendQueue.send(event, signal);
}

async function sendSound(
  queue: JobQueue,
  job: JobId,
  from: number,
  sendQueue: SendQueue,
  signal: AbortSignal,
) {
  const stream = streamOf(job);
  let offset = from;
  for await (const bytes of queue.audio(job, from, signal)) {
    for (let start = 0; start < bytes.length; start += MAX_PAYLOAD_BYTES) {
      const payload = bytes.subarray(start, start + MAX_PAYLOAD_BYTES);
      await sendQueue.send(packFrame({ stream, offset, isLast: false, payload }), signal);
      offset += payload.length;
    }
  }
  const { last } = await queue.state(job);
  // The sound is incomplete if the job failed or the server is shutting down.
  if (last.t !== 'done' || offset < last.result.bytes) return;
  await sendQueue.send(
    packFrame({ stream, offset: last.result.bytes, isLast: true, payload: new Uint8Array() }),
    signal,
  );
}
