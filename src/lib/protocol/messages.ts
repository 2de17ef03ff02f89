import * as v from 'valibot';
import { EngineAboutSchema } from './engine-about.ts';
import { JobEventSchema, WireErrorSchema } from './job-event.ts';
import { DescribeSpecSchema, GenerateSpecSchema, JobIdSchema, StillSchema } from './job-request.ts';

/** Incremented when old clients and new servers would misunderstand each other. */
export const PROTOCOL_VERSION = 1;
/** The WebSocket subprotocol. */
export const SUBPROTOCOL = `immersivaudio.v${PROTOCOL_VERSION}`;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Messages of a client. `hello` comes first; the bytes of a still follow its `describe` as one binary message. */
export const ClientMessageSchema = v.variant('t', [
  v.strictObject({
    t: v.literal('hello'),
    v: count,
    /** A single-use ticket from `POST /api/v1/tickets`, when the server requires a token. */
    ticket: v.optional(v.pipe(v.string(), v.maxLength(256))),
  }),
  v.strictObject({ t: v.literal('generate'), job: JobIdSchema, spec: GenerateSpecSchema }),
  v.strictObject({
    t: v.literal('describe'),
    job: JobIdSchema,
    spec: DescribeSpecSchema,
    still: StillSchema,
  }),
  /** Follows an existing job: events after `seq`, bytes from `offset` of its stream. */
  v.strictObject({ t: v.literal('attach'), job: JobIdSchema, seq: count, offset: count }),
  v.strictObject({ t: v.literal('cancel'), job: JobIdSchema }),
  v.strictObject({ t: v.literal('ping'), n: count }),
]);
export type ClientMessage = v.InferOutput<typeof ClientMessageSchema>;

/** Messages of a server: answers to the socket, and all events of the jobs that it follows. */
export const ServerMessageSchema = v.union([
  v.object({
    t: v.literal('welcome'),
    v: count,
    engines: v.array(EngineAboutSchema),
    limits: v.object({ messageBytes: count, stillBytes: count, seconds: count, candidates: count }),
  }),
  v.object({
    t: v.literal('error'),
    error: WireErrorSchema,
    /** The job that it is about, and the path of the invalid field. */
    job: v.optional(JobIdSchema),
    at: v.optional(v.string()),
    /** When to try again, if that makes sense. */
    retryAfterMs: v.optional(count),
  }),
  v.object({ t: v.literal('pong'), n: count }),
  /** The server is stopping: connect again after this time. */
  v.object({ t: v.literal('draining'), afterMs: count }),
  JobEventSchema,
]);
export type ServerMessage = v.InferOutput<typeof ServerMessageSchema>;

/** Close codes of a socket, besides those of RFC 6455. */
export const CLOSE = { auth: 4001, version: 4002, idle: 4003 } as const;
