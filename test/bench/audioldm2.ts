/**
 * Measures the GPU engine against diffusers called in a loop: `npm run bench:audioldm2 -- <folder of a model>`, made by
 * test/fixtures/audioldm2/make_tiny_models.py or fetched from the hub. The two take turns, so that whatever else the
 * machine does hits both alike; the processor time, which counts the server's own, doesn't know of it at all. With `--long` it also makes 10 s and 300 s, and prints the memory each took at most.
 * STEPS, SECONDS and ROUNDS change what is asked.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AudioLdm2Engine } from '../../worker-server/engines/audioldm2.ts';
import { readAudioLdm2Options, SCRIPT } from '../../worker-server/engines/audioldm2-options.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { long: { type: 'boolean' } } });
const [model = ''] = positionals;
const steps = Number(process.env['STEPS'] ?? 25);
const seconds = Number(process.env['SECONDS'] ?? 10);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const settings = { ...process.env, AUDIOLDM2_MODEL: model, DESCRIBER_MODEL: 'none' };
const spec = { engine: 'audioldm2', negative: '', seconds, seed: 1, candidates: 1, steps, guidance: 3.5 };

/** Milliseconds on the clock and of the processor. */
type Took = [clock: number, cpu: number];

let peakMegabytes = 0;
let pythonCpu = 0;
await using engine = new AudioLdm2Engine(
  readAudioLdm2Options(settings, ({ message, peakMegabytes: peak, cpuMs }) => {
    if (message !== 'done') return;
    peakMegabytes = Number(peak);
    pythonCpu += Number(cpuMs);
  }),
);
await engine.start();
const direct = startDirect();

const ours: Took[] = [];
const theirs: Took[] = [];
for (let round = 0; round <= rounds; round++) {
  const [one, other] = [await timeEngine(seconds, steps), await direct.time({ ...spec, prompt: 'rain' })];
  // The first round warms both up.
  if (round === 0) continue;
  ours.push(one);
  theirs.push(other);
}
direct.end();
console.log(`${seconds} s of sound in ${steps} steps, median of ${rounds}:`);
for (const [index, what] of ['on the clock', 'of the processor'].entries()) {
  const [one, other] = [ours, theirs].map((all) => all.map((took) => took[index]!));
  const ratios = one!.map((value, round) => value / other![round]!);
  const listed = ratios.map((ratio) => ratio.toFixed(3)).join(' ');
  console.log(`  ${what}: engine ${median(one!).toFixed(0)} ms, diffusers ${median(other!).toFixed(0)} ms`);
  console.log(`    ratio of each pair: median ${median(ratios).toFixed(3)}, all ${listed}`);
}
if (values.long)
  for (const long of [10, 60, 300]) {
    const [took] = await timeEngine(long, 2);
    console.log(`${long} s in 2 steps: ${(took / 1000).toFixed(1)} s, at most ${peakMegabytes} MB so far`);
  }

async function timeEngine(length: number, count: number): Promise<Took> {
  const [began, cpuBefore, pythonBefore] = [performance.now(), process.cpuUsage(), pythonCpu];
  const listener = {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onAudio: () => Promise.resolve(),
  };
  await engine.generate({ ...spec, seconds: length, steps: count, effects: 'rain' }, listener);
  const took = performance.now() - began;
  const { user, system } = process.cpuUsage(cpuBefore);
  // The log comes by another pipe than the sound.
  while (pythonCpu === pythonBefore) await wait(5);
  return [took, (user + system) / 1000 + pythonCpu - pythonBefore];
}

/** A Python process that makes one call after another. */
function startDirect() {
  const [program = 'uv'] = readAudioLdm2Options(settings, () => undefined).command;
  const call = 'test/fixtures/audioldm2/direct_call.py';
  const args = ['run', '--no-project', '--with-requirements', SCRIPT, call, model, '--loop'];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async time(request: Record<string, unknown>): Promise<Took> {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return JSON.parse(String((await answers.next()).value)) as Took;
    },
    end: () => child.stdin.end(),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
