/**
 * What the eyes see, and how fast, in one run:
 * `npm run bench:vision -- [--only kinds,words,photos,cost,app,graphs] [detector.onnx] [folder with photos and MANIFEST.json]`.
 * Kinds that the detector of the app names beside YOLOv9-t · sentences, regions and main sounds beside the true ones · what it costs: bytes, and its share of a whole job ·
 * known things in real photos · feature maps beside onnxruntime-node · milliseconds per picture of detector and embedder
 * with onnxruntime-node, WASM on one thread and on all, and WebGPU · the app itself: cold and warm, and its memory.
 * Needs ffmpeg; the parts in a browser need a built app (BENCH_BUILD names another folder than build) and are left out without one.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as web from 'onnxruntime-web';
import type { Box } from '../../src/lib/job/entries/objects.ts';
import { exposeFeatureMap, FEATURE_MAP } from '../../src/lib/models/onnx/expose-feature-map.ts';
import { tinyClassifier } from '../fixtures/models/tiny-classifier.ts';
import { countLabels, countThings, matchBoxes, scoreText } from './vision/accuracy.ts';
import { tellKinds } from './vision/kinds.ts';
import { openInNode } from './vision/node-detector.ts';
import { tellCost } from './vision/whole-job.ts';
import { tellWords } from './vision/words.ts';
import { openBrowser, runInApp, runInBrowser } from './vision/in-browser.ts';
import { loadNative, runInNode, type GraphRun } from './vision/node-graph.ts';
import { decodePhoto, fitPicture, readPhotos, toPlanes } from './vision/photos.ts';
import { secondOpinion } from './vision/second-opinion.ts';
import { hasBuild, serveBench } from './vision/serve-bench.ts';
import { largestDifference, TIMING_HEAD, timingLine, type Timing } from './vision/timing.ts';

const SHARED = process.env['IMMERSIVAUDIO_MODELS'] ?? '../shared/models';
const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const [modelPath = `${SHARED}/detect/yolov9t_coco_640_fp32.onnx`, folder = '../shared/media/image'] =
  positionals;
/** Whether a part of the run is wanted; all are by default. */
const isWanted = (...parts: string[]) =>
  values.only === undefined || parts.some((part) => values.only!.split(',').includes(part));
/** A classifier's features at hand, in the place of ResNet18: 512 channels, too. */
const FEATURES = {
  path: `${SHARED}/features/squeezenet1.1_imagenet_fp16w.onnx`,
  output: 'features',
  side: 224,
};
/** A detector by other people, and from which score on it is sure. */
const OTHER = { path: `${SHARED}/detect/yolox_nano_416.onnx`, minScore: 0.5 };
const BUILD = resolve(process.env['BENCH_BUILD'] ?? 'build');
/** The detector that comes with the app. */
const BUILT_IN = { id: 'coco-ssd', path: 'static/models/coco-ssd/ssdlite-mobilenet-v2.onnx' };
/** The model of the manifest in whose place the app gets the detector. */
const IN_APP = 'yolov9-t';
const ROUNDS = 8;
const MIN_SCORE = 0.25;
const SAME = 1e-3;

const model = new Uint8Array(readFileSync(modelPath));
const photos = readPhotos(folder);
const threads = Math.min(8, availableParallelism());
const native = loadNative();

web.env.wasm.numThreads = threads;
if (isWanted('kinds', 'words')) await compareKinds();
const graphs: Record<string, GraphRun> = {};
if (isWanted('photos', 'graphs')) {
  graphs[`Detector, ${modelPath.split('/').at(-1)!}`] = await lookAtPhotos();
  graphs['Embedder, SqueezeNet 1.1 at 224'] = features();
}
const tiny = { ...features(), bytes: exposeFeatureMap(tinyClassifier()), output: FEATURE_MAP };
const limits = isWanted('graphs') ? await compareInNode() : new Map<string, Timing>();
if (!isWanted('cost', 'app', 'graphs')) process.exit();
if (hasBuild(BUILD)) await compareInBrowser();
else console.log(`\nThere is no built app in ${BUILD}: nothing was measured in a browser.`);
process.exit();

async function compareKinds(): Promise<void> {
  const built = await openInNode(new Uint8Array(readFileSync(BUILT_IN.path)), MIN_SCORE);
  const other = await openInNode(model, MIN_SCORE);
  if (isWanted('kinds')) await tellKinds(resolve(folder, '..'), built, other);
  if (isWanted('words')) await tellWords(resolve(folder, '..'), built);
  for (const detector of [built, other]) await detector.close();
}

async function lookAtPhotos(): Promise<GraphRun> {
  const detector = await openInNode(model, MIN_SCORE);
  const { width, height, head } = detector;
  console.log(`\n${modelPath}: head "${head}", input ${width} × ${height}\n`);
  const inputs: Float32Array[] = [];
  const found: Box[][] = [];
  for (const photo of photos) {
    const { planes, boxes } = await detector.detect(
      decodePhoto(join(folder, photo.file), Math.max(width, height)),
    );
    inputs.push(planes);
    found.push(boxes);
    const counts = countLabels(boxes);
    const told = [...counts].map(
      ([label, count]) => `${count} of ${photo.objects_min?.[label] ?? '?'} ${label}`,
    );
    const missed = Object.keys(photo.objects_min ?? {}).filter((label) => !counts.has(label));
    console.log(photo.file.padEnd(24), [...told, ...missed.map((label) => `NO ${label}`)].join(', '));
  }
  await detector.close();
  console.log(`\nThings by count: ${scoreText(photos.map((photo, at) => countThings(photo, found[at]!)))}`);
  console.log('  (the photos tell at least how many there are, so the precision is a lower bound)');
  await tellOverlaps(found);
  return { bytes: model, data: inputs[0]!, dims: [1, 3, height, width] };
}

/** Boxes against those that somebody has drawn, or else against those of another network: not the truth, but independent. */
async function tellOverlaps(found: readonly Box[][]): Promise<void> {
  const drawn = photos.map((photo, at) => photo.boxes && matchBoxes(photo.boxes, found[at]!));
  const scores = drawn.filter((score) => score !== undefined);
  if (scores.length > 0) {
    console.log(`Boxes at IoU 0.5, drawn in ${scores.length} photos: ${scoreText(scores)}`);
  } else {
    const pictures = photos.map(({ file }) => decodePhoto(join(folder, file), 640));
    const other = new Uint8Array(readFileSync(OTHER.path));
    const seen = await secondOpinion(other, pictures, OTHER.minScore);
    const agreed = seen.map((boxes, at) => matchBoxes(boxes, found[at]!));
    console.log(
      `Boxes at IoU 0.5: nobody has drawn true ones. Of those that YOLOX-nano is sure of: ${scoreText(agreed)}`,
    );
  }
}

/** SqueezeNet was trained with blue, green and red, less the mean of ImageNet. */
function features(): GraphRun {
  const { side, path, output } = FEATURES;
  const pixels = decodePhoto(join(folder, photos[0]!.file), side);
  const planes = toPlanes(fitPicture(pixels, { width: side, height: side }, false).rgba);
  const size = side * side;
  const data = new Float32Array(3 * size);
  for (const [plane, mean] of [104, 117, 123].entries()) {
    const source = planes.subarray((2 - plane) * size, (3 - plane) * size);
    source.forEach((value, at) => (data[plane * size + at] = value * 255 - mean));
  }
  return { bytes: new Uint8Array(readFileSync(path)), data, dims: [1, 3, side, side], output };
}

async function compareInNode(): Promise<Map<string, Timing>> {
  const times = new Map<string, Timing>();
  if (!native) {
    console.log('\nonnxruntime-node is not installed: nothing to compare with.');
    return times;
  }
  for (const [name, graph] of Object.entries(graphs)) {
    console.log(`\n${name}, in Node: ${TIMING_HEAD}`);
    for (const count of new Set([1, threads])) {
      const limit = await runInNode(native, graph, count, ROUNDS);
      times.set(`${name} ${count}`, limit);
      console.log(timingLine(`onnxruntime-node, threads ${count}`, limit));
      if (count !== threads) continue;
      // The threads of WASM were told at its first use.
      const here = await runInNode(web, graph, threads, ROUNDS);
      console.log(timingLine(`WASM, threads ${threads}`, here, limit));
      if (graph.output) tellDifference('  Feature map of WASM', here.output, limit.output);
    }
  }
  const [here, there] = [await runInNode(web, tiny, 1, 1), await runInNode(native, tiny, 1, 1)];
  tellDifference('Feature map exposed in a ResNet in small, WASM', here.output, there.output);
  return times;
}

function tellDifference(name: string, here: Float32Array, there: Float32Array): void {
  const most = largestDifference(here, there);
  const verdict = most <= SAME ? 'the same' : 'NOT the same';
  console.log(
    `${name}: ${verdict} to ${SAME}, at most ${most.toExponential(1)} apart in ${here.length} numbers.`,
  );
}

async function compareInBrowser(): Promise<void> {
  const files: Record<string, string | Uint8Array> = { [`/models/${IN_APP}/model.onnx`]: model };
  for (const [at, { bytes, data }] of Object.values(graphs).entries()) {
    files[`/graph-${at}.onnx`] = bytes;
    files[`/graph-${at}.input`] = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  const server = await serveBench(BUILD, files);
  try {
    if (isWanted('cost')) await tellCost(server.address, BUILD, server.requests);
    if (isWanted('app')) for (const id of [BUILT_IN.id, IN_APP]) await timeApp(server.address, id);
    if (isWanted('graphs')) await timeGraphs(server.address);
  } finally {
    server.close();
  }
}

async function timeApp(address: string, id: string): Promise<void> {
  const { browser, megabytes, close } = await openBrowser();
  const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  const paths = photos.map(({ file }) => resolve(folder, file));
  console.log(`\nThe app, ${paths.length} whole photos, detector "${id}", milliseconds`);
  await page.goto(address);
  const before = megabytes();
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, megabytes())), 500);
  for (const state of ['cold', 'warm']) {
    const run = await runInApp(page, address, { model: id, device: 'wasm', photos: paths });
    const [first, each] = [run.toFirst, run.perPhoto].map((value) => value.toFixed(0));
    console.log(`${state} cache: first boxes after ${first}, then ${each} a photo. ${run.message}`);
  }
  clearInterval(watch);
  console.log(`Memory of the browser: ${before} MiB before, ${most} MiB at most.`);
  await close();
}

async function timeGraphs(address: string): Promise<void> {
  for (const [at, [name, { dims, output }]] of Object.entries(graphs).entries()) {
    console.log(`\n${name}, in a browser: ${TIMING_HEAD}`);
    // An imitated GPU may go on with what nobody waits for any more: each graph gets a browser of its own.
    const { browser, close } = await openBrowser();
    const page = await browser.newPage();
    await page.goto(`${address}/bench/objects`);
    const there = limits.get(`${name} 1`)?.output;
    const tell = (what: string, timing: Timing | null) => {
      if (timing && there && output) tellDifference(`  Feature map of ${what}`, timing.output, there);
    };
    const wish = { model: `/graph-${at}.onnx`, input: `/graph-${at}.input`, dims, output };
    for (const count of new Set([1, threads])) {
      const limit = limits.get(`${name} ${count}`) ?? null;
      const wasm = await runInBrowser(page, { ...wish, device: 'wasm', threads: count, rounds: ROUNDS });
      console.log(timingLine(`WASM, threads ${count}`, wasm, limit));
      tell('WASM', wasm);
    }
    const gpu = await page.evaluate(async () => {
      const adapter = await navigator.gpu?.requestAdapter();
      return adapter && (adapter.info.isFallbackAdapter ? ', imitated by SwiftShader' : '');
    });
    if (typeof gpu !== 'string') console.log('WebGPU: this browser offers none.');
    else {
      const onGpu = await runInBrowser(page, { ...wish, device: 'webgpu', threads: 1, rounds: 2 });
      console.log(timingLine(`WebGPU${gpu}`, onGpu));
      tell('WebGPU', onGpu);
    }
    await close();
  }
}
