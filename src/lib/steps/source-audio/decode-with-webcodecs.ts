import {
  AudioSampleSink,
  EncodedPacketSink,
  type AudioSample,
  type Input,
  type InputAudioTrack,
} from 'mediabunny';
import { openContainer } from '#lib/media/container/open-container.ts';
import type { Decode, Finding } from './finding.ts';
import type { SoundTimeline } from './sound-timeline.ts';

/** After this many packets that can't be decoded the rest of the track is skipped. */
const MAX_LOST = 500;

/** Decodes the first audio track that this browser can decode. Packets that can't be decoded are left out. */
export const decodeWithWebCodecs: Decode = async (
  { file, startSeconds, durationSeconds },
  timeline,
  onProgress,
) => {
  using input = openContainer(file);
  const tracks = await readTracks(input);
  if (!tracks) return unreadable('Only ffmpeg knows this container.');
  const track = await firstDecodable(tracks);
  if (!track) return unreadable('This browser has no decoder for the sound.');
  return await decodeTrack(track, startSeconds, startSeconds + durationSeconds, timeline, onProgress);
};

async function readTracks(input: Input): Promise<InputAudioTrack[] | null> {
  try {
    return (await input.canRead()) ? await input.getAudioTracks() : null;
  } catch {
    return null; // Broken so early that it can't be told from another format.
  }
}

async function firstDecodable(tracks: readonly InputAudioTrack[]): Promise<InputAudioTrack | null> {
  for (const track of tracks) if (await track.canDecode()) return track;
  return null;
}

async function decodeTrack(
  track: InputAudioTrack,
  start: number,
  end: number,
  timeline: SoundTimeline,
  onProgress: (fraction: number) => void,
): Promise<Finding> {
  const sink = new AudioSampleSink(track);
  let lost = 0;
  for (let from: number | null = start; from !== null && lost < MAX_LOST;) {
    const { reached, isBroken } = await decodeRun(sink.samples(from, end), from, timeline, onProgress);
    if (!isBroken) break;
    // The decoder has closed itself. A new one continues at that packet, or after it if there was no progress.
    const hasMoved: boolean = reached > from;
    if (!hasMoved) lost++;
    from = hasMoved ? reached : await nextPacketSeconds(track, from, end);
  }
  if (timeline.isEmpty && lost > 0) return unreadable('This browser could not decode the sound.');
  if (timeline.isEmpty)
    return { is: 'silent', why: 'The sound track has nothing to hear while there are pictures.' };
  const rest = lost >= MAX_LOST ? ', and the rest was not tried' : '';
  const packets = lost === 1 ? 'packet' : 'packets';
  const why = lost ? `Silence stands in for ${lost} broken ${packets} of the sound track${rest}.` : '';
  return { is: 'sound', why };
}

/** Decodes until the end or until the decoder closes; `reached` is the end of the last samples. */
async function decodeRun(
  samples: AsyncGenerator<AudioSample, void, unknown>,
  from: number,
  timeline: SoundTimeline,
  onProgress: (fraction: number) => void,
): Promise<{ reached: number; isBroken: boolean }> {
  let reached = from;
  while (!timeline.isFull) {
    let next: IteratorResult<AudioSample, void>;
    try {
      next = await samples.next();
    } catch {
      return { reached, isBroken: true };
    }
    if (!next.value) break;
    reached = next.value.timestamp + next.value.duration;
    lay(next.value, timeline);
    onProgress(timeline.fraction);
  }
  await samples.return();
  return { reached, isBroken: false };
}

function unreadable(why: string): Finding {
  return { is: 'unreadable', why };
}

function lay(sample: AudioSample, timeline: SoundTimeline): void {
  const { sampleRate, timestamp, numberOfFrames } = sample;
  const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(numberOfFrames);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });
  sample.close();
  timeline.add(channels, sampleRate, timestamp);
}

/** Timestamp of the packet after the one at a time; null at the end of the span. */
async function nextPacketSeconds(
  track: InputAudioTrack,
  seconds: number,
  end: number,
): Promise<number | null> {
  const packets = new EncodedPacketSink(track);
  // Half a millisecond later, since timestamps are rounded.
  const here = (await packets.getPacket(seconds + 0.0005)) ?? (await packets.getFirstPacket());
  const next = here && (await packets.getNextPacket(here));
  return next && next.timestamp < end ? Math.max(next.timestamp, seconds + 0.001) : null;
}
