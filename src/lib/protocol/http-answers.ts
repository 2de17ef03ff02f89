import * as v from 'valibot';
import { EngineAboutSchema } from './engine-about.ts';
import { JobEventSchema, WireErrorSchema } from './job-event.ts';
import { JobIdSchema } from './job-request.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Any answer of the API with a status of 400 or more. `at` is the path of the invalid field. */
export const ErrorAnswerSchema = v.object({ error: WireErrorSchema, at: v.optional(v.string()) });
export type ErrorAnswer = v.InferOutput<typeof ErrorAnswerSchema>;

/** `GET /api/v1/engines`. An answer of this shape shows that there is a generation server. */
export const EnginesAnswerSchema = v.object({
  /** The protocol version of the socket. */
  protocol: count,
  engines: v.array(EngineAboutSchema),
  /** Number of waiting and of running jobs of all clients. */
  queued: count,
  running: count,
});
export type EnginesAnswer = v.InferOutput<typeof EnginesAnswerSchema>;

/** `POST /api/v1/jobs`. */
export const SubmittedAnswerSchema = v.object({ id: JobIdSchema });
export type SubmittedAnswer = v.InferOutput<typeof SubmittedAnswerSchema>;

/** `GET /api/v1/jobs/:id`. */
export const JobAnswerSchema = v.object({
  id: JobIdSchema,
  verb: v.picklist(['generate', 'describe']),
  status: v.picklist(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** The latest event of the job. */
  last: JobEventSchema,
});
export type JobAnswer = v.InferOutput<typeof JobAnswerSchema>;

/** `DELETE /api/v1/jobs/:id`; false when the job had already ended. */
export const CancelledAnswerSchema = v.object({ cancelled: v.boolean() });
export type CancelledAnswer = v.InferOutput<typeof CancelledAnswerSchema>;

/** `POST /api/v1/tickets`. */
export const TicketAnswerSchema = v.object({ ticket: v.string(), expiresInMs: count });
export type TicketAnswer = v.InferOutput<typeof TicketAnswerSchema>;

/** `GET /healthz`. */
export const HealthAnswerSchema = v.object({
  /** `ok` when an engine is ready, or when the server only serves the app. */
  status: v.picklist(['ok', 'starting', 'failed', 'draining']),
  engines: v.array(v.object({ name: v.string(), state: v.picklist(['starting', 'ready', 'failed']) })),
});
export type HealthAnswer = v.InferOutput<typeof HealthAnswerSchema>;
