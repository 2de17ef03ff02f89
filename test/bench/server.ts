/**
 * `npm run bench:server`: 200 sockets submit 20 jobs per second for a minute to a server with the synthesiser, on
 * loopback. One job in five is new, the others repeat earlier requests. Then readers that stall.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { streamOf, unpackFrame } from '#lib/protocol/audio-frame.ts';
import type { JobResult } from '#lib/protocol/job-event.ts';
import { SUBPROTOCOL, type ServerMessage } from '#lib/protocol/messages.ts';

const { values: options } = parseArgs({
  options: {
    sockets: { type: 'string', default: '200' },
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    'one-new-in': { type: 'string', default: '5' },
    stalled: { type: 'string', default: '50' },
  },
});
const [SOCKETS, RATE, SECONDS] = [options.sockets, options.rate, options.seconds].map(Number) as [
  number,
  number,
  number,
];
const [ONE_NEW_IN, STALLED] = [Number(options['one-new-in']), Number(options.stalled)];
const UNLIMITED = '100000';

/** One job from the view of its client. Times are those of `performance.now()`. */
interface Followed {
  isNew: boolean;
  sentAt: number;
  acceptedAt: number | null;
  endedAt: number | null;
  gaps: number[];
  chunkAt: number | null;
  hash: ReturnType<typeof createHash>;
  bytes: number;
  result: JobResult | null;
  refusal: string | null;
}

const dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-bench-'));
const child = spawn(process.execPath, [join(import.meta.dirname, 'serve-synth.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    ...{ PORT: '0', DATA_DIR: dataFolder, ENGINE: 'synth', LOG_LEVEL: 'warn', GRACE_SECONDS: '1' },
    ...{ QUEUE_LIMIT: UNLIMITED, JOBS_PER_CLIENT: UNLIMITED, SUBMITS_PER_MINUTE: UNLIMITED },
    ...{ REQUESTS_PER_MINUTE: UNLIMITED, SOCKETS_PER_ADDRESS: UNLIMITED },
  },
});
process.once('exit', () => child.kill());
const [line] = (await once(child.stdout, 'data')) as [Buffer];
const port = Number(line.toString());
const jobs = new Map<string, Followed>();
try {
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, openSocket));
  const residents = [await residentMegabytes()];
  const firstAt = performance.now();
  for (let count = 0; count < RATE * SECONDS; count++) {
    await sleep(Math.max(0, firstAt + (count * 1000) / RATE - performance.now()));
    submit(sockets[count % SOCKETS]!, count);
    if (count % (RATE * 10) === RATE * 10 - 1) residents.push(await residentMegabytes());
  }
  const isOpen = () => [...jobs.values()].some(({ endedAt }) => endedAt === null);
  for (let tries = 0; isOpen() && tries < 600; tries++) await sleep(100);
  residents.push(await residentMegabytes());
  report(
    'new',
    [...jobs.values()].filter(({ isNew }) => isNew),
  );
  report(
    'made before',
    [...jobs.values()].filter(({ isNew }) => !isNew),
  );
  console.log(`resident memory, MiB: ${residents.map((mebibytes) => mebibytes.toFixed(0)).join(' ')}`);
  for (const socket of sockets) socket.terminate();
  await stallReaders();
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(dataFolder, { recursive: true });
}

async function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, SUBPROTOCOL);
  await once(socket, 'open');
  const byStream = new Map<number, Followed>();
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return receiveSound(byStream, data);
    const message = JSON.parse(data.toString()) as ServerMessage;
    const job = 'job' in message && message.job ? jobs.get(message.job) : undefined;
    if (job) handle(job, message);
    if (job && message.t === 'accepted') byStream.set(streamOf(message.job), job);
  });
  socket.send(JSON.stringify({ t: 'hello', v: 1 }));
  return socket;
}

function submit(socket: WebSocket, count: number): void {
  const id = randomBytes(16).toString('base64url');
  const seed = Math.floor(count / ONE_NEW_IN);
  const spec = { engine: 'synth', music: 'calm piano', seconds: 1, seed };
  const times = { sentAt: performance.now(), acceptedAt: null, endedAt: null, chunkAt: null };
  jobs.set(id, {
    ...{ ...times, isNew: count % ONE_NEW_IN === 0, gaps: [], hash: createHash('sha256'), bytes: 0 },
    ...{ result: null, refusal: null },
  });
  socket.send(JSON.stringify({ t: 'generate', job: id, spec }));
}

function handle(job: Followed, message: ServerMessage): void {
  if (message.t === 'accepted') job.acceptedAt = performance.now();
  if (message.t === 'done') job.result = message.result;
  if (message.t === 'error' || message.t === 'failed') {
    job.refusal = message.error.message;
    job.endedAt = performance.now();
  }
  endIfWhole(job);
}

function receiveSound(byStream: Map<number, Followed>, data: Buffer): void {
  const { stream, payload } = unpackFrame(data);
  const job = byStream.get(stream);
  if (!job) throw new Error('Sound came before its job was accepted.');
  if (job.endedAt !== null) return;
  const now = performance.now();
  if (job.chunkAt !== null) job.gaps.push(now - job.chunkAt);
  job.chunkAt = now;
  job.hash.update(payload);
  job.bytes += payload.length;
  endIfWhole(job);
}

function endIfWhole(job: Followed): void {
  if (job.endedAt !== null || !job.result || job.bytes < job.result.bytes) return;
  job.endedAt = performance.now();
  if (job.hash.digest('hex') !== job.result.parts[0]!.sha256)
    job.refusal = 'The bytes are not those promised.';
}

function report(name: string, followed: Followed[]): void {
  const whole = followed.filter(({ endedAt, refusal }) => endedAt !== null && refusal === null);
  const between = (from: 'sentAt', to: 'acceptedAt' | 'endedAt') => whole.map((job) => job[to]! - job[from]);
  console.log(`${name}: ${whole.length} of ${followed.length} jobs arrived whole`);
  row('  submit to accepted', between('sentAt', 'acceptedAt'));
  row('  submit to last byte', between('sentAt', 'endedAt'));
  row(
    '  between two chunks',
    whole.flatMap(({ gaps }) => gaps),
  );
  const refusals = new Set(followed.flatMap(({ refusal }) => refusal ?? []));
  for (const refusal of refusals) console.log(`  refused: ${refusal}`);
}

function row(name: string, milliseconds: number[]): void {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(1);
  console.log(`${name.padEnd(22)} p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   most ${at(1)} ms`);
}

/** Sockets that request 58 MB each and read none of it. */
async function stallReaders(): Promise<void> {
  const id = randomBytes(16).toString('base64url');
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id } };
  const spec = { engine: 'synth', music: 'calm piano', seconds: 300 };
  await fetch(`http://127.0.0.1:${port}/api/v1/jobs`, { ...post, body: JSON.stringify(spec) });
  await (await fetch(`http://127.0.0.1:${port}/api/v1/jobs/${id}/events`)).text();
  const before = await residentMegabytes();
  const sockets = await Promise.all(Array.from({ length: STALLED }, openSocket));
  for (const socket of sockets) {
    socket.removeAllListeners('message');
    socket.send(JSON.stringify({ t: 'attach', job: id, seq: 0, offset: 0 }));
    socket.pause();
  }
  await sleep(10_000);
  const [during, waiting] = [await residentMegabytes(), await metric('immersivaudio_socket_waiting_bytes')];
  console.log(
    `${STALLED} stalled readers: ${before.toFixed(0)} -> ${during.toFixed(0)} MiB resident, ` +
      `${(waiting / 2 ** 20).toFixed(0)} MiB wait for them`,
  );
  await sleep(35_000);
  const left = await metric('immersivaudio_sockets');
  console.log(
    `after 45 s: ${left} of them still there, ${(await residentMegabytes()).toFixed(0)} MiB resident`,
  );
  for (const socket of sockets) socket.terminate();
}

async function residentMegabytes(): Promise<number> {
  return (await metric('process_resident_memory_bytes')) / 2 ** 20;
}

async function metric(name: string): Promise<number> {
  // The server may close a kept-alive connection at the moment when it is reused.
  const headers = { Connection: 'close' };
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}
