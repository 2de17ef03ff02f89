import type { Context } from 'hono';
import type { JobResult } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { ApiError } from '../api-error.ts';
import type { JobQueue, JobState } from '../jobs/job-queue.ts';
import type { Service } from '../service.ts';
import { bodyStream } from './body-stream.ts';
import { readByteRange, type ByteRange } from './byte-range.ts';

type Part = JobResult['parts'][number];

/** A part of a finished job as a WAV file. The query selects it by `kind` and `candidate`; default is the best one. */
export async function jobAudio(
  c: Context,
  { queue, streamLimit, clientOf }: Service,
  id: JobId,
): Promise<Response> {
  const part = choose(partsOf(await queue.state(id)), c.req.query('kind'), c.req.query('candidate'));
  const tag = `"${part.sha256}"`;
  const headers: Record<string, string> = {
    ETag: tag,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, max-age=3600',
    'Content-Disposition': `inline; filename="${part.kind}-${part.candidate + 1}.wav"`,
  };
  if (namesTag(c.req.header('If-None-Match'), tag)) return c.body(null, 304, headers);
  const ifRange = c.req.header('If-Range');
  const wanted = ifRange === undefined || ifRange === tag ? c.req.header('Range') : undefined;
  const range = readByteRange(wanted, part.bytes);
  if (range === 'unsatisfiable') {
    return c.body(null, 416, { 'Content-Range': `bytes */${part.bytes}`, 'Accept-Ranges': 'bytes' });
  }
  const { first, last } = range ?? { first: 0, last: part.bytes - 1 };
  headers['Content-Type'] = 'audio/wav';
  headers['Content-Length'] = String(last - first + 1);
  if (range) headers['Content-Range'] = `bytes ${first}-${last}/${part.bytes}`;
  const status = range ? 206 : 200;
  if (c.req.method === 'HEAD') return c.body(null, status, headers);
  const release = streamLimit.acquire(clientOf(c));
  const body = bodyStream((signal) => bytesOf(queue, id, part, { first, last }, signal), release);
  return c.body(body, status, headers);
}

async function* bytesOf(queue: JobQueue, id: JobId, part: Part, range: ByteRange, signal: AbortSignal) {
  let left = range.last - range.first + 1;
  for await (const bytes of queue.audio(id, part.offset + range.first, signal)) {
    yield bytes.subarray(0, left);
    left -= Math.min(left, bytes.length);
    if (left === 0) return;
  }
}

function partsOf({ status, last }: JobState): Part[] {
  if (last.t === 'done') return last.result.parts;
  if (status === 'queued' || status === 'running') {
    throw new ApiError(409, 'AudioNotReadyError', 'The job is not done yet: its events tell when it is.', {
      retryAfterMs: 1000,
    });
  }
  throw new ApiError(404, 'AudioMissingError', 'The job ended without sound.');
}

function choose(parts: Part[], kind: string | undefined, candidate: string | undefined): Part {
  const part = parts.find(
    (one) =>
      (kind === undefined || one.kind === kind) &&
      (candidate === undefined || String(one.candidate) === candidate),
  );
  if (part) return part;
  throw new ApiError(404, 'AudioMissingError', 'The job made no such part.', {
    at: kind === undefined && candidate === undefined ? 'id' : 'kind, candidate',
  });
}

function namesTag(header: string | undefined, tag: string): boolean {
  return header?.split(',').some((one) => ['*', tag, `W/${tag}`].includes(one.trim())) ?? false;
}
