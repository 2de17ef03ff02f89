import type { Redis } from 'ioredis';
import type { DescribeSpec, GenerateSpec } from '#lib/protocol/job-request.ts';
import type { JobRequest } from '../jobs/job-queue.ts';
import { keyOf } from './scripts.ts';

/** What a run has to do. */
export interface RunRecord {
  request: JobRequest;
  /** Runs of one bucket take about as long as one another. */
  bucket: string;
}

/** Reads what a run has to do; null when there is nothing to do any more. */
export async function readRun(redis: Redis, run: string): Promise<RunRecord | null> {
  const key = keyOf('run', run);
  const [verb, spec, bucket] = await redis.hmget(key, 'verb', 'spec', 'bucket');
  if (!verb || !spec || !bucket) return null;
  if (verb === 'generate') return { request: { verb, spec: JSON.parse(spec) as GenerateSpec }, bucket };
  const still = await redis.hgetBuffer(key, 'still');
  if (!still) return null;
  return { request: { verb: 'describe', spec: JSON.parse(spec) as DescribeSpec, still }, bucket };
}
