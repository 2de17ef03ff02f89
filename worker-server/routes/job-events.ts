import type { Context } from 'hono';
import { isLastEvent, type JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { ApiError } from '../api-error.ts';
import type { Service } from '../service.ts';
import { bodyStream } from './body-stream.ts';

/** Interval of comments that keep proxies from closing an idle stream. */
const HEARTBEAT_MILLISECONDS = 15_000;

/**
 * The events of a job as server-sent events. Their `id` is the number of the event, so that `Last-Event-ID` resumes after
 * it. A client that has all events gets 204, which stops it from reconnecting.
 */
export async function jobEvents(
  c: Context,
  { queue, streamLimit, clientOf }: Service,
  id: JobId,
): Promise<Response> {
  const after = c.req.header('Last-Event-ID') ?? '0';
  if (!/^\d{1,9}$/.test(after)) {
    throw new ApiError(400, 'RequestError', 'A Last-Event-ID with the number of an event was wanted.', {
      at: 'Last-Event-ID',
    });
  }
  const { last } = await queue.state(id);
  if (isLastEvent(last) && Number(after) >= last.seq) return c.body(null, 204);
  const release = streamLimit.acquire(clientOf(c));
  const body = bodyStream((signal) => asText(queue.events(id, Number(after), signal)), release);
  return c.body(body, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
}

async function* asText(events: AsyncIterable<JobEvent>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const source = events[Symbol.asyncIterator]();
  yield encoder.encode('retry: 1000\n\n');
  let next = source.next();
  for (;;) {
    const result = await Promise.race([next, silence()]);
    if (result === 'silence') yield encoder.encode(':\n\n');
    else if (result.done) return;
    else {
      yield encoder.encode(`id: ${result.value.seq}\ndata: ${JSON.stringify(result.value)}\n\n`);
      next = source.next();
    }
  }
}

function silence(): Promise<'silence'> {
  return new Promise((resolve) => setTimeout(resolve, HEARTBEAT_MILLISECONDS, 'silence').unref());
}
