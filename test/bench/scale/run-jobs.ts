import { setTimeout as sleep } from 'node:timers/promises';
import type { JobEvent, JobResult } from '#lib/protocol/job-event.ts';

/** A finished job. */
export interface Ran {
  /** When it was submitted, by `performance.now()`. */
  beganAt: number;
  result: JobResult;
  tookMs: number;
}

/** Submits a job to a gateway over HTTP and follows it to its end. */
export async function runJob(port: number, spec: object): Promise<Ran> {
  const beganAt = performance.now();
  const api = `http://127.0.0.1:${port}/api/v1/jobs`;
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(api, { method: 'POST', headers, body: JSON.stringify(spec) });
  if (answer.status !== 202) throw new Error(`The job was refused: ${await answer.text()}`);
  const { id } = (await answer.json()) as { id: string };
  const text = await (await fetch(`${api}/${id}/events`)).text();
  const last = JSON.parse(text.slice(text.lastIndexOf('data: ') + 6)) as JobEvent;
  if (last.t !== 'done') throw new Error(`The job ended with ${JSON.stringify(last)}.`);
  return { beganAt, result: last.result, tookMs: performance.now() - beganAt };
}

/** Runs jobs, so many in parallel, alternating gateways. Returns each job and the total duration in seconds. */
export async function runMany(ports: readonly number[], specs: readonly object[], parallel: number) {
  const began = performance.now();
  const ran: Ran[] = [];
  let next = 0;
  const client = async () => {
    while (next < specs.length) {
      const index = next++;
      ran.push(await runJob(ports[index % ports.length]!, specs[index]!));
    }
  };
  await Promise.all(Array.from({ length: parallel }, client));
  return { ran, seconds: (performance.now() - began) / 1000 };
}

/** Runs jobs that arrive at given times, seconds from now. */
export async function runAt(ports: readonly number[], specs: readonly object[], arrivals: readonly number[]) {
  return Promise.all(
    specs.map(async (spec, index) => {
      await sleep(arrivals[index]! * 1000);
      return runJob(ports[index % ports.length]!, spec);
    }),
  );
}
