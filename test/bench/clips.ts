/**
 * Runs the command line on every clip of a folder and checks each film with ffprobe and ffmpeg.
 * Usage: node test/bench/clips.ts [folder]   (default: the video folder of the shared test media)
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { ffprobe, runCommand } from './run-command.ts';
import type { Job } from '../../src/lib/job/job.ts';
import { findEntry } from '../../src/lib/job/job.ts';

const MEDIA = process.env['IMMERSIVAUDIO_MEDIA'] ?? '../shared/media';
const MEDIA_TYPES = ['.mp4', '.mov', '.m4v', '.webm', '.mkv', '.avi', '.ogv', '.ts'];

interface Probe {
  streams: { codec_type: string; codec_name: string; duration?: string; start_time?: string }[];
  format: { duration: string };
}

const folder = process.argv[2] ?? join(MEDIA, 'video');
const out = mkdtempSync(join(tmpdir(), 'immersivaudio-clips-'));
mkdirSync(out, { recursive: true });
let failures = 0;

for (const clip of clipsIn(folder)) {
  const name = basename(clip, extname(clip));
  const film = join(out, `${name}.film`);
  const json = join(out, `${name}.json`);
  const run = await runCommand('node', ['cli/immersivaudio.js', clip, '-o', film, '--json', json]);
  const verdict =
    run.code === 0 ? check(clip, film, json) : [`exit ${run.code}: ${run.output.trim().split('\n').at(-1)}`];
  if (verdict.some((line) => line.startsWith('✗')) || run.code !== 0) failures++;
  console.log(`${basename(clip).padEnd(28)} ${run.seconds.toFixed(1).padStart(6)} s  ${verdict.join('  ')}`);
}
console.log(`${failures} failed; films in ${out}`);
process.exitCode = failures ? 1 : 0;

function clipsIn(path: string): string[] {
  return readdirSync(path)
    .map((entry) => join(path, entry))
    .flatMap((entry) => (statSync(entry).isDirectory() ? clipsIn(entry) : [entry]))
    .filter((entry) => MEDIA_TYPES.includes(extname(entry)));
}

/** One line per property: ✓ or ✗, and the figure. */
function check(clip: string, film: string, json: string): string[] {
  const job = JSON.parse(readFileSync(json, 'utf8')) as Job;
  const entry = findEntry(job, 'film')!.output;
  const probe = ffprobe<Probe>(film, '-show_format', '-show_streams');
  const video = probe.streams.find((stream) => stream.codec_type === 'video')!;
  const audio = probe.streams.find((stream) => stream.codec_type === 'audio')!;
  const videoSeconds = streamSeconds(film, 'v:0');
  const difference = streamSeconds(film, 'a:0') - videoSeconds;
  const loudness = measure(film);
  const isShort = videoSeconds < 3;
  return [
    `${entry.container}/${video.codec_name}+${audio.codec_name}`,
    entry.isVideoCopied
      ? mark(packetHash(clip) === packetHash(film), 'packets')
      : `re-encoded (${entry.why})`,
    mark(Math.abs(difference) <= 1024 / 48000 + 0.001, `audio ${(difference * 1000).toFixed(0)} ms`),
    mark(isShort || Math.abs(loudness.lufs + 14) <= 1, `${loudness.lufs} LUFS`),
    mark(loudness.peak <= -1, `${loudness.peak} dBTP`),
  ];
}

function mark(isRight: boolean, text: string): string {
  return `${isRight ? '✓' : '✗'} ${text}`;
}

/** First to end of last packet, as players count. */
function streamSeconds(file: string, stream: string): number {
  const { packets } = ffprobe<{ packets: { pts_time: string; duration_time?: string }[] }>(
    file,
    ...['-select_streams', stream, '-show_entries', 'packet=pts_time,duration_time'],
  );
  const starts = packets.map((packet) => Number(packet.pts_time));
  const ends = packets.map((packet, index) => starts[index]! + Number(packet.duration_time ?? 0));
  return Math.max(...ends) - Math.max(0, Math.min(...starts));
}

/** MD5 of the payload of all video packets; Annex B and length-prefixed H.264 are brought to one form. */
function packetHash(file: string): string {
  const probe = ffprobe<Probe>(file, '-show_streams', '-select_streams', 'v:0');
  const codec = probe.streams[0]!.codec_name;
  const filter =
    codec === 'h264'
      ? ['-bsf:v', 'h264_mp4toannexb']
      : codec === 'hevc'
        ? ['-bsf:v', 'hevc_mp4toannexb']
        : [];
  const args = [
    '-v',
    'error',
    '-i',
    file,
    '-map',
    '0:v:0',
    '-c',
    'copy',
    ...filter,
    '-f',
    'streamhash',
    '-hash',
    'md5',
    '-',
  ];
  return execFileSync('ffmpeg', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function measure(file: string): { lufs: number; peak: number } {
  const args = [
    '-hide_banner',
    '-nostats',
    '-i',
    file,
    '-map',
    '0:a:0',
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ];
  const log = execFileSync('sh', ['-c', 'ffmpeg "$@" 2>&1 | tail -20', 'sh', ...args], { encoding: 'utf8' });
  const summary = log.slice(log.lastIndexOf('Summary:'));
  return {
    lufs: Number(/I:\s+(-?[\d.]+|-inf) LUFS/.exec(summary)?.[1] ?? NaN),
    peak: Number(/Peak:\s+(-?[\d.]+|-inf) dBFS/.exec(summary)?.[1] ?? NaN),
  };
}
