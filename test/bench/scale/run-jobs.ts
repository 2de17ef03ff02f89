import { setTimeout as sleep } from 'node:timers/promises';
import type { JobEvent, JobResult } from '#lib/protocol/job-event.ts';

/** What became of one job: when it was handed in, what it said in the end, and milliseconds in between. */
export interface Ran {
  /** By `performance.now()`. */
  beganAt: number;
  result: JobResult;
  tookMs: number;
}

/** Hands one job in over HTTP at a gateway and follows it to its end. */
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

/** Many jobs, so many at a time, one gateway after the other; gives each and the seconds that all took. */
export async function runMany(ports: readonly number[], specs: readonly object[], atATime: number) {
  const began = performance.now();
  const ran: Ran[] = [];
  let next = 0;
  const client = async () => {
    while (next < specs.length) {
      const index = next++;
      ran.push(await runJob(ports[index % ports.length]!, specs[index]!));
    }
  };
  await Promise.all(Array.from({ length: atATime }, client));
  return { ran, seconds: (performance.now() - began) / 1000 };
}

/** Jobs that come at given times, seconds from now. */
export async function runAt(ports: readonly number[], specs: readonly object[], arrivals: readonly number[]) {
  return Promise.all(
    specs.map(async (spec, index) => {
      await sleep(arrivals[index]! * 1000);
      return runJob(ports[index % ports.length]!, spec);
    }),
  );
}
