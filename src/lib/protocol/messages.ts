import * as v from 'valibot';
import { EngineAboutSchema } from './engine-about.ts';
import { JobEventSchema, WireErrorSchema } from './job-event.ts';
import { DescribeSpecSchema, GenerateSpecSchema, JobIdSchema, StillSchema } from './job-request.ts';

/** Counts up when an old client and a new server would misunderstand one another. */
export const PROTOCOL_VERSION = 1;
/** The subprotocol that a socket asks for. */
export const SUBPROTOCOL = `immersivaudio.v${PROTOCOL_VERSION}`;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a client may say. `hello` comes first; the bytes of a still follow its `describe` as one binary message. */
export const ClientMessageSchema = v.variant('t', [
  v.strictObject({
    t: v.literal('hello'),
    v: count,
    /** A single-use ticket from `POST /api/v1/tickets`, where the server asks for a token. */
    ticket: v.optional(v.pipe(v.string(), v.maxLength(256))),
  }),
  v.strictObject({ t: v.literal('generate'), job: JobIdSchema, spec: GenerateSpecSchema }),
  v.strictObject({
    t: v.literal('describe'),
    job: JobIdSchema,
    spec: DescribeSpecSchema,
    still: StillSchema,
  }),
  /** Goes on with a job: events after `seq`, bytes from `offset` of its stream. */
  v.strictObject({ t: v.literal('attach'), job: JobIdSchema, seq: count, offset: count }),
  v.strictObject({ t: v.literal('cancel'), job: JobIdSchema }),
  v.strictObject({ t: v.literal('ping'), n: count }),
]);
export type ClientMessage = v.InferOutput<typeof ClientMessageSchema>;

/** What a server may say: answers to the socket, and everything that happens to the jobs it follows. */
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
    /** The job it is about, and the path of the bad field. */
    job: v.optional(JobIdSchema),
    at: v.optional(v.string()),
    /** When to try again, where that helps. */
    retryAfterMs: v.optional(count),
  }),
  v.object({ t: v.literal('pong'), n: count }),
  /** The server stops: come back after this time. */
  v.object({ t: v.literal('draining'), afterMs: count }),
  JobEventSchema,
]);
export type ServerMessage = v.InferOutput<typeof ServerMessageSchema>;

/** Codes with which a socket is closed, besides those of RFC 6455. */
export const CLOSE = { auth: 4001, version: 4002, idle: 4003 } as const;
