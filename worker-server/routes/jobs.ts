import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { CancelledAnswer, JobAnswer, SubmittedAnswer } from '#lib/protocol/http-answers.ts';
import { JobIdSchema, type JobId } from '#lib/protocol/job-request.ts';
import { ApiError, drainingError } from '../api-error.ts';
import type { Service } from '../service.ts';
import { jobAudio } from './job-audio.ts';
import { jobEvents } from './job-events.ts';
import { readBody } from './read-body.ts';

const MAX_BODY_BYTES = 1 << 20;

/** Routes of jobs: submit, state, cancel, events, sound. */
export function jobRoutes(service: Service): Hono {
  const { queue } = service;
  const jobs = new Hono();
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new ApiError(413, 'RequestError', `A body of at most ${MAX_BODY_BYTES} bytes was wanted.`);
    },
  });
  jobs.post('/', limit, async (c) => {
    const id = chosenId(c);
    if (service.isDraining) throw drainingError();
    await service.submit(service.clientOf(c), id, await readBody(c));
    return c.json<SubmittedAnswer>({ id }, 202, { Location: `/api/v1/jobs/${id}` });
  });
  jobs.get('/:id', async (c) => c.json<JobAnswer>(await queue.state(idOf(c))));
  jobs.delete('/:id', async (c) => c.json<CancelledAnswer>({ cancelled: await queue.cancel(idOf(c)) }));
  jobs.get('/:id/events', (c) => jobEvents(c, service, idOf(c)));
  jobs.get('/:id/audio.wav', (c) => jobAudio(c, service, idOf(c)));
  return jobs;
}

/** The id in `Idempotency-Key`, which makes retries safe, or a new one. */
function chosenId(c: Context): JobId {
  const key = c.req.header('Idempotency-Key');
  if (key === undefined) return randomBytes(16).toString('base64url');
  if (v.is(JobIdSchema, key)) return key;
  throw new ApiError(
    400,
    'RequestError',
    'An Idempotency-Key of 22 letters (128 bits in base64url) was wanted.',
    {
      at: 'Idempotency-Key',
    },
  );
}

function idOf(c: Context): JobId {
  const id = c.req.param('id');
  if (v.is(JobIdSchema, id)) return id;
  throw new ApiError(404, 'JobUnknownError', 'There is no such job, or no more.');
}
