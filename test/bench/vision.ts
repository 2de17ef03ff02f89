/**
 * Looks for the known things in real photos and prints what was found, and how long a frame takes:
 * `npm run bench:vision -- [detector.onnx] [folder with photos and MANIFEST.json]`.
 * The manifest tells how many of each thing a photo has at least, so recall counts things, and "more" lists what was
 * found beside them. With onnxruntime-node resolvable from ORT_NODE (a folder), its processor time stands beside, and
 * the feature maps of ORT_FEATURES (an ONNX file with an output `features`) are compared.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import * as web from 'onnxruntime-web';
import type { Box } from '../../src/lib/job/entries/objects.ts';
import { classNames } from '../../src/lib/models/onnx/class-names.ts';
import { COCO_LABELS } from '../../src/lib/steps/objects/coco-labels.ts';
import { chooseHead, type Head, type OutputShape } from '../../src/lib/steps/objects/heads/head.ts';
import { letterbox, writePlanes } from '../../src/lib/steps/objects/letterbox.ts';
import { toBox } from '../../src/lib/steps/objects/to-box.ts';
import { grabPixels } from '../fixtures/media/grab-pixels.ts';
import type { RgbaImage } from '../../src/lib/media/pixels/rgba-image.ts';

const [modelPath = '../shared/models/detect/yolov9t_coco_640_fp32.onnx', folder = '../shared/media/image'] =
  process.argv.slice(2);
const model = new Uint8Array(readFileSync(modelPath));
interface Photo {
  file: string;
  objects_min?: Record<string, number>;
}
const photos = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as Photo[];

const ROUNDS = 8;
const MIN_SCORE = 0.25;
const labels = classNames(model) ?? COCO_LABELS;
const threads = Math.min(8, availableParallelism());

/** The part of a runtime that is used here; both have it. */
type Runtime = Pick<typeof web, 'InferenceSession' | 'Tensor'>;

const native = loadNative();
const session = await openSession(web, model, threads);
const [input] = session.inputMetadata as readonly OutputShape[];
const side = (at: number) => (typeof input!.shape[at] === 'number' ? input!.shape[at] : 640);
const size = { width: side(3), height: side(2) };
const head = chooseHead(session.outputMetadata as readonly OutputShape[]);
console.log(`${modelPath}: head "${head.name}", input ${size.width} × ${size.height}, ${threads} threads\n`);

let known = 0;
let found = 0;
let first: Float32Array | null = null;
for (const { file, objects_min: wanted = {} } of photos) {
  const photo = grabPixels(join(folder, file), 0, Math.max(size.width, size.height));
  if (!photo) throw new Error(`${file} could not be decoded.`);
  const data = toInput(photo, head);
  first ??= data.planes;
  const outputs = await session.run({ [input!.name]: tensor(web, data.planes) });
  const boxes = head
    .read(outputs as never, 0, size, MIN_SCORE)
    .map((one) => toBox(one, data.fit, labels))
    .filter((box): box is Box => box !== null);
  const counts = new Map<string, number>();
  for (const { label } of boxes) counts.set(label, (counts.get(label) ?? 0) + 1);
  const hits = Object.entries(wanted).map(([label, least]) => Math.min(least, counts.get(label) ?? 0));
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  known += sum(Object.values(wanted));
  found += sum(hits);
  const more = [...counts]
    .filter(([label]) => !(label in wanted))
    .map(([label, count]) => `${count} ${label}`);
  console.log(
    file.padEnd(24),
    `${sum(hits)}/${sum(Object.values(wanted))}`.padEnd(7),
    Object.entries(wanted)
      .map(([label, least]) => `${counts.get(label) ?? 0} of ${least} ${label}`)
      .join(', '),
    more.length ? `· more: ${more.join(', ')}` : '',
  );
}
console.log(`\nKnown things found: ${found} of ${known} (${((100 * found) / known).toFixed(0)} %)\n`);

console.log(
  'Milliseconds per frame, median of',
  ROUNDS,
  '(and of processor time, which other programs do not stretch)',
);
for (const count of new Set([1, threads])) {
  await time(`WASM, ${count} threads`, web, count);
  if (native) await time(`onnxruntime-node, ${count} threads`, native, count);
}
if (!native) console.log('onnxruntime-node is not there: name a folder that has it in ORT_NODE.');
console.log('WebGPU needs a browser: see /bench/objects.');
const featuresPath = process.env['ORT_FEATURES'];
if (native && featuresPath) await compareFeatures(native, new Uint8Array(readFileSync(featuresPath)));
process.exit();

function loadNative(): Runtime | null {
  const from = process.env['ORT_NODE'];
  return from ? (createRequire(resolve(from, 'package.json'))('onnxruntime-node') as Runtime) : null;
}

function openSession(runtime: Runtime, bytes: Uint8Array, count: number): Promise<web.InferenceSession> {
  if (runtime !== web) return runtime.InferenceSession.create(bytes, { intraOpNumThreads: count });
  web.env.wasm.numThreads = count;
  return web.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
}

function tensor(runtime: Runtime, planes: Float32Array): web.Tensor {
  return new runtime.Tensor('float32', planes, [1, 3, size.height, size.width]);
}

/** As `detector.ts` does it in a browser, with the nearest pixel instead of a smooth one. */
function toInput({ data, width, height }: RgbaImage, { isLetterboxed }: Head) {
  const fit = letterbox({ width, height }, size, isLetterboxed);
  const rgba = new Uint8ClampedArray(size.width * size.height * 4).fill(114);
  for (let y = 0; y < fit.height; y++) {
    const row = Math.min(height - 1, Math.floor(((y + 0.5) * height) / fit.height)) * width;
    for (let x = 0; x < fit.width; x++) {
      const from = (row + Math.min(width - 1, Math.floor(((x + 0.5) * width) / fit.width))) * 4;
      const to = ((y + fit.top) * size.width + x + fit.left) * 4;
      for (let channel = 0; channel < 3; channel++) rgba[to + channel] = data[from + channel]!;
    }
  }
  const planes = new Float32Array(3 * size.width * size.height);
  writePlanes(rgba, planes);
  return { fit, planes };
}

async function time(name: string, runtime: Runtime, count: number): Promise<void> {
  const began = performance.now();
  const timed = await openSession(runtime, model, count);
  const opened = performance.now() - began;
  const walls: number[] = [];
  const works: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const wall = performance.now();
    const work = process.cpuUsage();
    await timed.run({ [input!.name]: tensor(runtime, first!) });
    const { user, system } = process.cpuUsage(work);
    // The first run warms up.
    if (round === 0) continue;
    walls.push(performance.now() - wall);
    works.push((user + system) / 1000);
  }
  const middle = (numbers: number[]) => {
    const sorted = numbers.toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1]!.toFixed(0).padStart(6);
  };
  console.log(name.padEnd(30), middle(walls), `(${middle(works)})`, ` opened in ${opened.toFixed(0)} ms`);
  await timed.release();
}

async function compareFeatures(runtime: Runtime, bytes: Uint8Array): Promise<void> {
  const maps: Float32Array[] = [];
  const both: Runtime[] = [web, runtime];
  for (const one of both) {
    const opened = await openSession(one, bytes, 1);
    const feeds = { [opened.inputNames[0]!]: tensor(one, first!) };
    maps.push((await opened.run(feeds, ['features']))['features']!.data as Float32Array);
  }
  const [here, there] = maps as [Float32Array, Float32Array];
  const most = here.reduce((worst, value, i) => Math.max(worst, Math.abs(value - there[i]!)), 0);
  console.log(`Feature maps of ${here.length} numbers differ by at most ${most.toExponential(1)}.`);
}
