import * as v from 'valibot';
import { ErrorAnswerSchema } from '#lib/protocol/http-answers.ts';
import { RecipeSchema, type Recipe } from '#lib/protocol/recipe.ts';
import {
  SharedAnswerSchema,
  ShareRulesAnswerSchema,
  type SharedAnswer,
  type ShareRulesAnswer,
  type ShareSpec,
} from '#lib/protocol/share.ts';
import { ShareError } from './share-error.ts';

const ANSWER_MILLISECONDS = 15_000;
/** The server inspects the file and moves it into its store before it answers. */
const PUBLISH_MILLISECONDS = 120_000;

/** A server for links, and its token if it has one. */
export interface ShareServer {
  origin: string;
  token: string | null;
}

/** What may be published there; null when the server publishes no links. @throws ShareError */
export async function askShareRules(server: ShareServer): Promise<ShareRulesAnswer | null> {
  const answer = await send(`${server.origin}/api/v1/shares`, { headers: bearer(server.token) }).catch(
    () => null,
  );
  const isJson = answer?.headers.get('Content-Type')?.includes('json');
  if (!answer || answer.status === 404 || (answer.ok && !isJson)) return null;
  return read(answer, ShareRulesAnswerSchema);
}

/** Makes a link from a finished upload. Repeated after a lost answer it returns the same link. @throws ShareError */
export async function publishShare(
  server: ShareServer,
  spec: ShareSpec,
  poster: Blob | null,
  signal: AbortSignal,
): Promise<SharedAnswer> {
  const body = new FormData();
  body.set('spec', JSON.stringify(spec));
  if (poster) body.set('poster', new File([poster], 'poster.jpg', { type: 'image/jpeg' }));
  const both = AbortSignal.any([signal, AbortSignal.timeout(PUBLISH_MILLISECONDS)]);
  const init = { method: 'POST', body, headers: bearer(server.token), signal: both };
  return read(await send(`${server.origin}/api/v1/shares`, init), SharedAnswerSchema);
}

/** Deletes a link; it is no error when it is gone already. @throws ShareError */
export async function deleteShare(origin: string, id: string, secret: string): Promise<void> {
  const answer = await send(`${origin}/s/${id}`, { method: 'DELETE', headers: bearer(secret) });
  if (!answer.ok && answer.status !== 404) throw await refusal(answer);
}

/** Restores a link that was just deleted. @throws ShareError when it is too late. */
export async function restoreShare(origin: string, id: string, secret: string): Promise<void> {
  const answer = await send(`${origin}/s/${id}/restore`, { method: 'POST', headers: bearer(secret) });
  if (!answer.ok) throw await refusal(answer);
}

/** The recipe of a link, validated as untrusted input. @throws ShareError */
export async function fetchRecipe(origin: string, id: string): Promise<Recipe> {
  return read(await send(`${origin}/s/${id}/recipe.json`, {}), RecipeSchema);
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MILLISECONDS), ...init });
  } catch (error) {
    if (init.signal?.aborted && (error as Error).name === 'AbortError') throw error;
    throw new ShareError(`There is no answer from ${new URL(url).host}.`, 0);
  }
}

async function read<Schema extends v.GenericSchema>(
  answer: Response,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  if (!answer.ok) throw await refusal(answer);
  const result = v.safeParse(schema, await answer.json().catch(() => null));
  if (result.success) return result.output;
  throw new ShareError(
    `${new URL(answer.url).host} answers, but not as a server of this app does.`,
    answer.status,
  );
}

async function refusal(answer: Response): Promise<ShareError> {
  const result = v.safeParse(ErrorAnswerSchema, await answer.json().catch(() => null));
  const sentence = result.success
    ? result.output.error.message
    : `The server answered with ${answer.status}.`;
  return new ShareError(sentence, answer.status);
}

function bearer(token: string | null): Record<string, string> {
  return token ? { Authorization: `Bearer ${token}` } : {};
}
