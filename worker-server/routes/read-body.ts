import * as v from 'valibot';
import type { Context } from 'hono';
import { DescribeSpecSchema, GenerateSpecSchema, MAX_STILL_BYTES } from '#lib/protocol/job-request.ts';
import { ApiError } from '../api-error.ts';
import type { JobRequest } from '../jobs/job-queue.ts';
import { toPlainStill } from '../still-check.ts';

/**
 * Parses the request of a job: JSON for sound; `multipart/form-data` with the fields `spec` (JSON) and `still` (a
 * picture) for a description.
 * @throws ApiError
 */
export async function readBody(c: Context): Promise<JobRequest> {
  const type = (c.req.header('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type === 'application/json') {
    return { verb: 'generate', spec: parse(GenerateSpecSchema, readJson(await c.req.text(), 'The body')) };
  }
  if (type === 'multipart/form-data') return readForm(await formOf(c));
  throw new ApiError(
    415,
    'RequestError',
    'A body of the type application/json or multipart/form-data was wanted.',
  );
}

async function readForm(form: FormData): Promise<JobRequest> {
  const [text, still] = [form.get('spec'), form.get('still')];
  if (typeof text !== 'string') throw bad('The field "spec" with a question in JSON was wanted.', 'spec');
  if (!(still instanceof File)) throw bad('The field "still" with a picture was wanted.', 'still');
  const spec = parse(DescribeSpecSchema, readJson(text, 'The field "spec"'));
  const type = still.type;
  if (type !== 'image/jpeg' && type !== 'image/png' && type !== 'image/webp') {
    throw bad('A still of the type image/jpeg, image/png or image/webp was wanted.', 'still');
  }
  if (still.size > MAX_STILL_BYTES) {
    throw new ApiError(413, 'RequestError', `A still of at most ${MAX_STILL_BYTES} bytes was wanted.`, {
      at: 'still',
    });
  }
  return { verb: 'describe', spec, still: await toPlainStill(await still.bytes(), type) };
}

async function formOf(c: Context): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw bad('The body is no whole multipart/form-data.');
  }
}

function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(`${what} must be JSON.`);
  }
}

function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw bad(`${issue.message}.`.replace(/\.\.$/, '.'), v.getDotPath(issue) ?? undefined);
}

function bad(message: string, at?: string): ApiError {
  return new ApiError(400, 'RequestError', message, at === undefined ? {} : { at });
}
