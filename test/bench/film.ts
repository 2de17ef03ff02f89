/**
 * Makes films on the bench page of the film step, beside native ffmpeg, and checks them with ffprobe and ffmpeg.
 * Usage: node test/bench/film.ts [--options JSON] [clip …]   (default: a 60 s and a 600 s clip made here)
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { findBrowser } from '../../cli/find-browser.ts';
import { ffprobe } from './run-command.ts';

interface Result {
  milliseconds: number;
  fileName: string;
  container: string;
  durationSeconds: number;
  isVideoCopied: boolean;
  why: string;
}
interface Probe {
  streams: { codec_type: string; codec_name: string; duration?: string; start_time?: string }[];
}

/** The sound clicks here, samples at 48 kHz: where it is found again tells how well sound and pictures keep together. */
const CLICK_AT = 9600;

/** How long a clip is made of a picture. */
const PICTURE_SECONDS = 10;

const folder = join(tmpdir(), 'immersivaudio-film');
mkdirSync(folder, { recursive: true });
const args = process.argv.slice(2);
const options = args[0] === '--options' ? args.splice(0, 2)[1]! : '{}';
const clips = args.length > 0 ? args : [makeClip(60), makeClip(600)];

const server = await createServer({
  server: { port: 0, watch: null, hmr: false },
  logLevel: 'error',
  // Found late, a dependency would reload the page in the middle of a film.
  optimizeDeps: { include: ['mediabunny', '@mediabunny/aac-encoder', 'comlink', 'hash-wasm', 'valibot'] },
});
await server.listen();
const address = server.resolvedUrls!.local[0]!;
// A profile on disk: in a private window the file system of the origin lies in memory.
const profile = mkdtempSync(join(tmpdir(), 'immersivaudio-profile-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: findBrowser(),
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.log(error.message));
  await page.goto(`${address}bench/film`, { waitUntil: 'networkidle' });
  for (const clip of clips) await compare(page, clip);
} finally {
  await browser.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}

async function compare(page: Page, clip: string) {
  const name = basename(clip);
  const picture = probe(clip, 'v:0');
  const isPicture = /\.(png|jpe?g|tiff|webp|avif|gif)$/i.test(clip);
  const seconds = isPicture ? PICTURE_SECONDS : Number(picture?.duration ?? duration(clip));
  const wav = makeSound(seconds, name);
  const began = performance.now();
  const native = join(folder, `native-${name}.mp4`);
  const isNativeDone =
    !isPicture &&
    attempt(() =>
      ffmpeg(
        '-i',
        clip,
        '-i',
        wav,
        '-map',
        '0:v:0',
        '-map',
        '1:a',
        '-c:v',
        'copy',
        '-c:a',
        'aac',
        '-b:a',
        '256k',
        native,
      ),
    );
  const nativeMilliseconds = performance.now() - began;
  const result = await makeFilm(page, clip, wav);
  if (typeof result === 'string') {
    console.log(`${name.padEnd(28)} ✗ ${result}`);
    return;
  }
  const film = join(folder, result.fileName);
  const sound = probe(film, 'a:0');
  const ratio = isNativeDone ? (result.milliseconds / nativeMilliseconds).toFixed(2) : '–';
  const isSame = !result.isVideoCopied
    ? 'coded anew'
    : md5(clip, '-c', 'copy') === md5(film, '-c', 'copy')
      ? 'same packets'
      : md5(clip, '-vsync', '0') === md5(film, '-vsync', '0')
        ? 'same pictures'
        : '✗ OTHER PICTURES';
  const [start, length] = [Number(sound?.start_time), Number(sound?.duration ?? NaN)];
  console.log(
    `${name.padEnd(28)} ${result.container.padEnd(4)} ${String(result.milliseconds).padStart(6)} ms ` +
      `(${ratio}× native)  ${isSame}  video ${picture?.start_time} + ${seconds.toFixed(3)} s, ` +
      `film video ${probe(film, 'v:0')?.start_time} + ${probe(film, 'v:0')?.duration}, ` +
      `sound ${start} + ${length} s, click ${lateness(film)} ms late, ${(statSync(film).size / 1e6).toFixed(1)} MB  ${decodes(film)}`,
  );
}

async function makeFilm(page: Page, clip: string, wav: string): Promise<Result | string> {
  await page.setInputFiles('#file', clip);
  await page.setInputFiles('#wavs', wav);
  await page.fill('#options', options);
  await page.click('#run');
  await page.waitForFunction(
    () =>
      document.querySelector('#stop:disabled') &&
      (document.querySelector('#film') ?? document.querySelector('#failure')?.textContent),
    null,
    { timeout: 300_000 },
  );
  const failure = await page.textContent('#failure');
  if (failure) return failure;
  const result = JSON.parse((await page.textContent('#result'))!) as Result;
  const download = page.waitForEvent('download');
  await page.click('#film');
  await (await download).saveAs(join(folder, result.fileName));
  return result;
}

/** MD5 of the picture track as one stream: of its packets when they are copied, else of what they show. */
function md5(file: string, ...how: string[]): string {
  return execFileSync('ffmpeg', ['-v', 'quiet', '-i', file, '-map', '0:v:0', ...how, '-f', 'md5', '-'], {
    encoding: 'utf8',
  }).trim();
}

/** How much later than the first picture plus its own time the click is heard, milliseconds. */
function lateness(film: string): string {
  const aligned = [
    '-af',
    'aresample=async=1:min_hard_comp=0.001:first_pts=0',
    '-t',
    '3',
    '-ac',
    '1',
    '-ar',
    '48000',
  ];
  const bytes = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-copyts', '-i', film, '-map', 'a:0', ...aligned, '-f', 'f32le', '-'],
    {
      maxBuffer: 1 << 28,
    },
  );
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let peak = 0;
  samples.forEach((value, index) => {
    if (Math.abs(value) > Math.abs(samples[peak]!)) peak = index;
  });
  const start = Number(probe(film, 'v:0')?.start_time ?? 0);
  return ((peak - CLICK_AT) / 48 - Math.max(0, start) * 1000).toFixed(2);
}

function decodes(file: string): string {
  try {
    const words = execFileSync('sh', ['-c', `ffmpeg -v error -i "${file}" -f null - 2>&1 | head -3`], {
      encoding: 'utf8',
    });
    return words.trim() ? `decodes with: ${words.trim()}` : 'decodes';
  } catch (error) {
    return `✗ does not decode: ${String(error)}`;
  }
}

function probe(file: string, stream: string): Probe['streams'][number] | undefined {
  return ffprobe<Probe>(file, '-select_streams', stream, '-show_streams').streams[0];
}

function duration(file: string): number {
  return Number(ffprobe<{ format: { duration: string } }>(file, '-show_format').format.duration);
}

function makeSound(seconds: number, name: string): string {
  const path = join(folder, `${name}.wav`);
  if (existsSync(path)) return path;
  const noise = `anoisesrc=d=${seconds}:c=pink:r=48000:a=0.1:seed=1[noise]`;
  const click = `aevalsrc='0.9*eq(n,${CLICK_AT})':s=48000:d=${Math.min(1, seconds)}[click]`;
  const sum = `${noise};${click};[noise][click]amix=normalize=0,aformat=channel_layouts=stereo`;
  ffmpeg('-f', 'lavfi', '-i', sum, '-c:a', 'pcm_s16le', path);
  return path;
}

function makeClip(seconds: number): string {
  const path = join(folder, `clip-${seconds}.mp4`);
  if (existsSync(path)) return path;
  if (seconds > 60) {
    const minute = makeClip(60);
    ffmpeg(
      '-stream_loop',
      String(Math.ceil(seconds / 60) - 1),
      '-i',
      minute,
      '-t',
      String(seconds),
      '-c',
      'copy',
      path,
    );
    return path;
  }
  const picture = `testsrc2=size=1280x720:rate=30:duration=${seconds},noise=alls=16:allf=t`;
  const coding = ['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '4M', '-g', '250', '-pix_fmt', 'yuv420p'];
  ffmpeg('-f', 'lavfi', '-i', picture, ...coding, path);
  return path;
}

function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
