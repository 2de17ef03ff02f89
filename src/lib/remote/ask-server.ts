import * as v from 'valibot';
import { EnginesAnswerSchema, type EnginesAnswer } from '#lib/protocol/http-answers.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/messages.ts';
import { ServerTokenError, ServerUnreachableError, WRONG_TOKEN } from './remote-error.ts';
import { apiUrl } from './server-address.ts';

const ANSWER_MILLISECONDS = 8000;

/**
 * Asks a server for its engines and its queue; null when there is no generation server at this origin, only files.
 * @throws ServerUnreachableError without a valid answer; ServerTokenError when the token is missing or wrong.
 */
export async function askServer(
  origin: string,
  token: string | null,
  signal: AbortSignal = AbortSignal.timeout(ANSWER_MILLISECONDS),
): Promise<EnginesAnswer | null> {
  const { host } = new URL(origin);
  let answer;
  try {
    answer = await fetch(apiUrl(origin, 'engines'), {
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      cache: 'no-store',
      signal,
    });
  } catch {
    throw new ServerUnreachableError(`There is no answer from ${host}.`);
  }
  if (answer.status === 401 || answer.status === 403) throw new ServerTokenError(WRONG_TOKEN);
  const isJson = answer.headers.get('Content-Type')?.includes('json');
  if (answer.status === 404 || (answer.ok && !isJson)) return null;
  const body: unknown = await answer.json().catch(() => null);
  const result = v.safeParse(EnginesAnswerSchema, body);
  if (!answer.ok || !result.success) {
    throw new ServerUnreachableError(`${host} answers, but not as a server of this app does.`);
  }
  if (result.output.protocol !== PROTOCOL_VERSION) {
    throw new ServerUnreachableError(
      `${host} speaks version ${result.output.protocol} and this app version ${PROTOCOL_VERSION}: bring both up to date.`,
    );
  }
  return result.output;
}
