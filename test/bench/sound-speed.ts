/**
 * How fast the engine renders a full mix (music, three ambiences, ten one-shots, their rooms, mastering) on one core, as
 * processor time, in Node and in a worker of Chromium; how long the first chunk takes; what memory it needs.
 * Usage: npx node test/bench/sound-speed.ts [seconds] [rounds]   Quote the best and the first of several rounds.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fullMix } from './sound-speed/full-mix.ts';
import { EnginePage } from './sound-speed/in-chromium.ts';
import { partsOf } from './sound-speed/parts.ts';

const [seconds = 60, rounds = 3] = process.argv.slice(2).map(Number);
const WHOLE = ['music', 'effects', 'mastering'];

const inNode = await timeInNode();
await using page = await EnginePage.open();
const inChromium = await timeInChromium(page);

console.log(
  `processor time for a full mix of ${seconds} s, first of ${rounds} rounds in a fresh thread and best`,
);
console.log(`${''.padEnd(18)}Node first       best             Chromium first   best`);
for (const name of inNode.keys()) print(name, [name]);
print('stems', ['music', 'effects']);
print('full mix', WHOLE);

const FIRST = {
  first: 'first chunk of the %s of 600 s',
  anew: 'first chunk of 5 s of %s made anew in 600 s',
};
for (const kind of ['first', 'anew'] as const) {
  for (const stem of ['music', 'effects'] as const) {
    const taken: number[] = [];
    for (let round = 0; round < 5; round++) taken.push(await page.firstChunk(kind, stem, 600));
    const sorted = taken.sort((a, b) => a - b);
    console.log(
      `${FIRST[kind].replace('%s', stem)}, from no worker at all: ` +
        `best ${sorted[0]!.toFixed(0)} ms, median ${sorted[2]!.toFixed(0)} ms`,
    );
  }
}

for (const stem of ['music', 'effects']) {
  const figures = [60, 300, 600].map((length) => {
    const script = join(import.meta.dirname, 'sound-speed/memory.ts');
    const answer = execFileSync(process.execPath, ['--expose-gc', script, stem, String(length)], {
      encoding: 'utf8',
    });
    const { live, resident } = JSON.parse(answer) as Record<'live' | 'resident', number>;
    return `${length} s: ${live.toFixed(1)} MB live, ${resident.toFixed(0)} MB resident`;
  });
  console.log(`memory of the ${stem}, at most: ${figures.join('; ')}`);
}

function print(name: string, parts: readonly string[]): void {
  const columns = [inNode, inChromium].flatMap((times) => {
    const sum = (pick: (of: number[]) => number) =>
      parts.reduce((total, part) => total + pick(times.get(part)!), 0);
    return [sum((of) => of[0]!), sum((of) => Math.min(...of))];
  });
  const figures = columns.map((milliseconds) =>
    `${(milliseconds / seconds).toFixed(2)} ms/s ${((1000 * seconds) / milliseconds).toFixed(1)}×`.padEnd(17),
  );
  console.log(name.padEnd(18) + figures.join(''));
}

async function timeInNode(): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(partsOf(fullMix(seconds)))) {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      times.set(name, [...(times.get(name) ?? []), (user + system) / 1000]);
    }
  }
  return times;
}

async function timeInChromium(opened: EnginePage): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  await opened.begin();
  const { value } = await opened.ask({ kind: 'names', seconds });
  for (let round = 0; round < rounds; round++) {
    for (const name of value as string[]) {
      const { cpuMilliseconds } = await opened.ask({ kind: 'part', name, seconds });
      times.set(name, [...(times.get(name) ?? []), cpuMilliseconds]);
    }
  }
  return times;
}
