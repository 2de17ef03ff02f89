import { withoutClips } from '#lib/job/assembly.ts';
import type { AssembleOutput, Clip, ClipTrack } from '#lib/job/entries/assemble.ts';
import type { SoundtrackOutput, Stem } from '#lib/job/entries/soundtrack.ts';
import type { Score } from '#lib/job/score.ts';
import { ForegroundMeter } from '#lib/media/audio/foreground.ts';
import { CLOSED_DB } from '#lib/media/audio/mix-gains.ts';
import { decodePcm16 } from '#lib/media/audio/pcm16.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { planScore } from '#lib/synth/plan.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { readStemPcm } from '#lib/worker/stem-reader.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { anewSound } from './anew-sound.ts';
import { assembleTrack, type PlacedClip } from './assemble-track.ts';
import { ClipLevel } from './clip-level.ts';
import { stemOf, stemSound, type ClipSound } from './clip-sound.ts';

/** The soundtrack and the clips that are laid onto it. */
export interface AssembleRequest {
  soundtrack: SoundtrackOutput;
  clips: readonly Clip[];
}

const TRACKS = ['music', 'effects', 'voice'] as const satisfies ClipTrack[];

/** Whether a clip can be heard. */
export function isAudible({ isMuted, gainDb, startSeconds, endSeconds }: Clip): boolean {
  return !isMuted && gainDb > CLOSED_DB && endSeconds > startSeconds;
}

/**
 * Lays the clips onto the stems of a soundtrack. A track without audible clips keeps its stem. Works only in a dedicated
 * worker.
 * @throws BlobMissingError when a sound is missing; StorageFullError when the device is full.
 */
export async function assembleStems(
  { soundtrack, clips }: AssembleRequest,
  onProgress: (fraction: number) => void,
): Promise<AssembleOutput> {
  const output = withoutClips(soundtrack);
  const frames = Math.round(soundtrack.durationSeconds * SAMPLE_RATE);
  const audible = clips.filter(isAudible);
  const tracks = TRACKS.filter((name) => audible.some(({ track }) => track === name));
  for (const [index, name] of tracks.entries()) {
    const base = output[name];
    const own = audible.filter(({ track }) => track === name);
    const placed = await placeClips(own, soundtrack, base, frames);
    const report = (fraction: number) => onProgress((index + fraction) / tracks.length);
    const { stem, activity } = await writeTrack(name, base, placed, frames, report);
    output[name] = stem;
    if (name === 'voice') output.voiceActivity = activity;
  }
  return output;
}

async function writeTrack(
  name: ClipTrack,
  base: Stem | null,
  clips: readonly PlacedClip[],
  frames: number,
  onProgress: (fraction: number) => void,
): Promise<{ stem: Stem; activity: number[] }> {
  const file = base && (await readBlob(base.blob));
  const writer = await StemWriter.open(frames);
  const foreground = new ForegroundMeter(SAMPLE_RATE);
  const isVoice = name === 'voice';
  try {
    await assembleTrack(
      { base: file && ((start, count) => readWhole(file, start, count)), frames, clips },
      {
        copy: (pcm) => {
          writer.copy(pcm);
          if (isVoice) addPcm(foreground, pcm);
        },
        write: (left, right) => {
          writer.write(left, right);
          if (isVoice) foreground.add(left, right);
        },
      },
      onProgress,
    );
    return { stem: await writer.close(), activity: isVoice ? foreground.activity() : [] };
  } finally {
    await writer.discard();
  }
}

/** Silence stands in for what is missing at the end. */
async function readWhole(file: Blob, start: number, count: number): Promise<Int16Array> {
  const pcm = await readStemPcm(file, start, count);
  if (pcm.length === 2 * count) return pcm;
  const whole = new Int16Array(2 * count);
  whole.set(pcm);
  return whole;
}

function addPcm(foreground: ForegroundMeter, pcm: Int16Array): void {
  const left = new Float32Array(pcm.length >> 1);
  const right = new Float32Array(pcm.length >> 1);
  decodePcm16(pcm, left, right);
  foreground.add(left, right);
}

/** The clips with their frames, and their sounds opened; those that begin after the end are left out. */
async function placeClips(
  clips: readonly Clip[],
  soundtrack: SoundtrackOutput,
  base: Stem | null,
  frames: number,
): Promise<PlacedClip[]> {
  const placed: PlacedClip[] = [];
  for (const clip of clips) {
    const start = Math.round(clip.startSeconds * SAMPLE_RATE);
    const end = Math.min(frames, Math.round(clip.endSeconds * SAMPLE_RATE));
    if (end <= start) continue;
    const sound = await openSound(clip, { start, end }, soundtrack, base);
    if (!sound) continue;
    const level = new ClipLevel(clip, { start, end }, sound.frames);
    placed.push({ start, end, level, replaces: clip.replaces, read: sound.read });
  }
  return placed;
}

async function openSound(
  clip: Clip,
  place: { start: number; end: number },
  soundtrack: SoundtrackOutput,
  base: Stem | null,
): Promise<ClipSound | null> {
  const { source, track } = clip;
  if (source.from === 'synth') {
    if (track === 'voice') return null;
    return anewSound(soundtrack.score ?? emptyScore(soundtrack), { ...place, track, source, clip, base });
  }
  return stemSound(stemOf(source), clip);
}

/** What the synthesiser goes by where another generator made the soundtrack. */
function emptyScore({ durationSeconds }: SoundtrackOutput): Score {
  const nothing = { musicPrompt: '', effectsPrompt: '', negativePrompt: '', cues: [], curve: [], cuts: [] };
  return planScore({ ...nothing, mood: { valence: 0, arousal: 0 }, durationSeconds, seed: 1, kind: 'both' });
}
