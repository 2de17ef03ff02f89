import {
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WebMOutputFormat,
  type MetadataTags,
  type OutputFormat,
  type StreamTargetChunk,
} from 'mediabunny';
import type { BlobName } from '#lib/job/blob-name.ts';
import { BlobWriter } from '#lib/worker/blob-writer.ts';
import type { Container } from './choose-container.ts';
import { CODEC_DELAY_BYTE, codecDelayOffsets } from './codec-delay.ts';
import { hideDelays } from './delay-edits.ts';
import { interleave, openTrackWriter, type TrackWriter } from './interleave.ts';
import type { PictureTrack, SoundTrack } from './media-track.ts';

const CHUNK_BYTES = 4 << 20;

/** The content of the file. */
export interface FilmContent {
  container: Container;
  pictures: PictureTrack;
  sounds: SoundTrack[];
  tags: MetadataTags;
  /** Position of the index of an MP4: see mediabunny's `fastStart`. `reserve` needs the tracks' packet counts. */
  fastStart: false | 'in-memory' | 'reserve';
}

/** A film in the blob store. */
export interface StoredFilm {
  blob: BlobName;
  bytes: number;
}

/**
 * Writes the film into the blob store while its packets are made, with the tracks interleaved in time.
 * When it fails or the signal aborts, nothing is left behind.
 * @param onTime Reports the time of the film up to which everything is written, seconds.
 * @throws StorageFullError when the device is full.
 */
export async function writeFilm(
  content: FilmContent,
  signal: AbortSignal,
  onTime: (seconds: number) => void,
): Promise<StoredFilm> {
  const blob = await BlobWriter.open();
  const patches: Patch[] = [];
  const output = new Output({
    format: formatOf(content, patches),
    target: new StreamTarget(
      new WritableStream<StreamTargetChunk>({ write: ({ data, position }) => blob.write(data, position) }),
      { chunked: true, chunkSize: CHUNK_BYTES },
    ),
  });
  try {
    output.setMetadataTags(content.tags);
    const writers = connect(output, content);
    await output.start();
    await interleave(writers, signal, onTime);
    await output.finalize();
    for (const { data, position } of patches) blob.write(data, position);
    signal.throwIfAborted();
    const { bytes } = blob;
    return { blob: await blob.close(), bytes };
  } catch (error) {
    await output.cancel().catch(() => undefined);
    await blob.discard();
    throw error;
  }
}

/** Bytes that replace what the muxer wrote. */
interface Patch {
  data: Uint8Array;
  position: number;
}

function formatOf({ container, fastStart, sounds }: FilmContent, patches: Patch[]): OutputFormat {
  const onMoov = (data: Uint8Array, position: number) => {
    // Track 1 has the pictures.
    const delays = new Map(sounds.map(({ delaySamples }, index) => [index + 2, delaySamples()]));
    patches.push({ data: hideDelays(data, delays), position });
  };
  if (container === 'mp4') return new Mp4OutputFormat({ fastStart, onMoov });
  const onSegmentHeader = (data: Uint8Array, position: number) => {
    for (const offset of codecDelayOffsets(data)) {
      patches.push({ data: Uint8Array.of(CODEC_DELAY_BYTE), position: position + offset });
    }
  };
  return container === 'webm'
    ? new WebMOutputFormat({ onSegmentHeader })
    : new MkvOutputFormat({ onSegmentHeader });
}

function connect(output: Output, { pictures, sounds }: FilmContent): TrackWriter[] {
  const pictureSource = new EncodedVideoPacketSource(pictures.codec);
  output.addVideoTrack(pictureSource, pictures.metadata);
  const writers = [openTrackWriter(pictures.packets, pictureSource)];
  for (const { codec, metadata, packets } of sounds) {
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source, metadata);
    writers.push(openTrackWriter(packets, source));
  }
  return writers;
}
