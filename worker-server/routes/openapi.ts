import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import {
  CancelledAnswerSchema,
  EnginesAnswerSchema,
  ErrorAnswerSchema,
  JobAnswerSchema,
  SubmittedAnswerSchema,
  TicketAnswerSchema,
} from '#lib/protocol/http-answers.ts';
import { JobEventSchema } from '#lib/protocol/job-event.ts';
import { DescribeSpecSchema, GenerateSpecSchema, JobIdSchema } from '#lib/protocol/job-request.ts';
import { header, json, query, ref, refused } from './openapi-parts.ts';
import { SHARE_PATHS, SHARE_SCHEMAS } from './openapi-shares.ts';

const SCHEMAS = {
  GenerateSpec: GenerateSpecSchema,
  DescribeSpec: DescribeSpecSchema,
  JobId: JobIdSchema,
  JobEvent: JobEventSchema,
  Job: JobAnswerSchema,
  Submitted: SubmittedAnswerSchema,
  Cancelled: CancelledAnswerSchema,
  Engines: EnginesAnswerSchema,
  Ticket: TicketAnswerSchema,
  Error: ErrorAnswerSchema,
  ...SHARE_SCHEMAS,
} satisfies Record<string, GenericSchema>;

const id = { name: 'id', in: 'path', required: true, schema: ref('JobId') };
const wav = { 'audio/wav': { schema: { type: 'string', contentMediaType: 'audio/wav' } } };

/** The OpenAPI 3.1 description of `/api/v1`, generated from the schemas that validate requests. */
export function openApi(): object {
  const schemas = Object.entries(SCHEMAS).map(([name, schema]) => {
    const json = toJsonSchema(schema, {
      target: 'draft-2020-12',
      typeMode: 'input',
      // JSON Schema can't express trimming and checks across fields.
      errorMode: 'ignore',
    });
    // The dialect is declared once for the whole document.
    delete json.$schema;
    return [name, json];
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Immersivaudio generation server',
      version: '1',
      description:
        'Sound from words, words from a still, and links to what was made of them. Errors have one shape. Any request may be answered with 401 (a token ' +
        'is wanted), 403 (foreign origin) or 429 (too many), each as an Error.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{}, { token: [] }],
    components: {
      schemas: Object.fromEntries(schemas) as object,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    paths: { ...PATHS, ...SHARE_PATHS },
  };
}

const PATHS = {
  '/engines': {
    get: {
      summary: 'Engines as they stand, and the length of the queue',
      responses: { 200: json('Engines', 'Engines') },
    },
  },
  '/tickets': {
    post: {
      summary: 'A ticket that opens one socket at /ws within 30 seconds',
      responses: { 201: json('The ticket for the hello message', 'Ticket') },
    },
  },
  '/openapi.json': {
    get: {
      summary: 'This document',
      responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: {} } } } },
    },
  },
  '/jobs': {
    post: {
      summary: 'Hands in a job: sound as JSON, a description as a form with a picture of at most 512 KiB',
      parameters: [
        header('Idempotency-Key', 'Becomes the id of the job: asking again does no harm.', ref('JobId')),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ref('GenerateSpec') },
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['spec', 'still'],
              properties: {
                spec: {
                  type: 'string',
                  contentMediaType: 'application/json',
                  contentSchema: ref('DescribeSpec'),
                },
                still: { type: 'string', contentMediaType: 'image/jpeg' },
              },
            },
            encoding: {
              spec: { contentType: 'application/json' },
              still: { contentType: 'image/jpeg, image/png, image/webp' },
            },
          },
        },
      },
      responses: {
        202: {
          ...json('Taken', 'Submitted'),
          headers: { Location: { description: 'Address of the job', schema: { type: 'string' } } },
        },
        ...refused(400, 409, 413, 415, 422, 503),
      },
    },
  },
  '/jobs/{id}': {
    parameters: [id],
    get: { summary: 'How the job stands', responses: { 200: json('The job', 'Job'), ...refused(404) } },
    delete: {
      summary: 'Cancels the job',
      responses: { 200: json('False when it had ended already', 'Cancelled'), ...refused(404) },
    },
  },
  '/jobs/{id}/events': {
    parameters: [id],
    get: {
      summary: 'What happens to the job, as server-sent events until its last',
      parameters: [header('Last-Event-ID', 'Goes on behind this event.')],
      responses: {
        200: {
          description: 'Each `data` is a JobEvent, each `id` its number',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        204: { description: 'The job has ended and the client knows its last event' },
        ...refused(400, 404),
      },
    },
  },
  '/jobs/{id}/audio.wav': {
    parameters: [id],
    get: {
      summary: 'One part of a finished job; without a choice the first and best',
      parameters: [
        query('kind', 'Which track', { enum: ['music', 'effects'] }),
        query('candidate', 'Which take of it, from 0', { type: 'integer', minimum: 0 }),
        header('Range', 'One range of bytes'),
      ],
      responses: {
        200: { description: 'The whole part; its ETag is its SHA-256', content: wav },
        206: { description: 'The bytes of the range', content: wav },
        304: { description: 'The client has it' },
        416: { description: 'The range lies behind the end' },
        ...refused(404, 409),
      },
    },
  },
};
