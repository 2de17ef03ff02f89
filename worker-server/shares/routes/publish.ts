import * as v from 'valibot';
import { Hono, type Context } from 'hono';
import { MAX_STILL_BYTES } from '#lib/protocol/job-request.ts';
import {
  MAX_SHARE_SPEC_BYTES,
  ShareSpecSchema,
  type SharedAnswer,
  type ShareRulesAnswer,
  type ShareSpec,
} from '#lib/protocol/share.ts';
import { ApiError } from '../../api-error.ts';
import type { Service } from '../../service.ts';
import { publicOrigin } from '../public-origin.ts';
import type { ShareService } from '../share-service.ts';

const MAX_BODY_BYTES = MAX_SHARE_SPEC_BYTES + MAX_STILL_BYTES + 16_384;

/** Routes under `/api/v1/shares`: the limits, uploads (tus), publishing an upload. */
export function publishRoutes(service: Pick<Service, 'clientOf' | 'rateLimits'>, shares: ShareService): Hono {
  const { clientOf, rateLimits } = service;
  const routes = new Hono();
  routes.get('/', (c) => c.json<ShareRulesAnswer>(shares.rules()));
  routes.post('/', async (c) => {
    await rateLimits.count('links', clientOf(c));
    const { spec, poster } = await readShare(c);
    return c.json<SharedAnswer>(
      await shares.publish(spec, poster, publicOrigin(c, shares.settings.PUBLIC_URL)),
      201,
    );
  });
  routes.all('/uploads', (c) => shares.uploads.answer(c.req.raw, clientOf(c)));
  routes.all('/uploads/:id{[0-9a-f]{32}}', (c) => shares.uploads.answer(c.req.raw, clientOf(c)));
  return routes;
}

/** `multipart/form-data` with the fields `spec` (JSON) and, for a film, `poster` (JPEG). @throws ApiError */
async function readShare(c: Context): Promise<{ spec: ShareSpec; poster: Uint8Array | null }> {
  const length = Number(c.req.header('Content-Length') ?? NaN);
  if (!(length <= MAX_BODY_BYTES)) {
    throw new ApiError(413, 'RequestError', `A description of at most ${MAX_BODY_BYTES} bytes was wanted.`);
  }
  const form = await c.req.formData().catch(() => {
    throw bad('The body is no whole multipart/form-data.');
  });
  const [text, poster] = [form.get('spec'), form.get('poster')];
  if (typeof text !== 'string' || text.length > MAX_SHARE_SPEC_BYTES) {
    throw bad('The field "spec" with a description in JSON was wanted.', 'spec');
  }
  if (poster !== null && !(poster instanceof File && poster.size <= MAX_STILL_BYTES)) {
    throw bad(`The field "poster" is a JPEG of at most ${MAX_STILL_BYTES} bytes.`, 'poster');
  }
  return { spec: readSpec(text), poster: poster && (await poster.bytes()) };
}

function readSpec(text: string): ShareSpec {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad('The field "spec" must be JSON.', 'spec');
  }
  const result = v.safeParse(ShareSpecSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw bad(`${issue.message}.`.replace(/\.\.$/, '.'), v.getDotPath(issue) ?? 'spec');
}

function bad(message: string, at?: string): ApiError {
  return new ApiError(400, 'RequestError', message, at === undefined ? {} : { at });
}
