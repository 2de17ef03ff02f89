import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import { EngineError } from '../engines/engine.ts';
import type { JobRequest } from './job-queue.ts';

/**
 * Finds the engine of a request.
 * @throws EngineError when it doesn't exist or can't do this; retryable when it could not be started.
 */
export function checkEngine({ verb, spec }: JobRequest, engines: readonly EngineAbout[]): EngineAbout {
  const about = engines.find(({ name }) => name === spec.engine);
  if (!about) {
    const names = engines.map(({ name }) => name).join(', ') || 'none';
    throw new EngineError(`This server has no engine "${spec.engine}"; it has: ${names}.`, false);
  }
  const { title, canGenerate, canDescribe, state, detail } = about;
  if (verb === 'generate' ? !canGenerate : !canDescribe) {
    const what = verb === 'generate' ? 'make sound' : 'describe pictures';
    throw new EngineError(`${title} can't ${what}: choose another engine.`, false);
  }
  if (state === 'failed') throw new EngineError(detail ?? `${title} could not be started.`, true);
  return about;
}
