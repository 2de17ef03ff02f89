import { MATROSKA, MPEG_TS, WEBM, type Input, type InputVideoTrack, type MetadataTags } from 'mediabunny';
import { openContainer } from '#lib/media/container/open-container.ts';
import { choosePacking } from './choose-container.ts';
import { copyPictures } from './copy-pictures.ts';
import { writeFilm, type FilmContent } from './film-file.ts';
import type { FilmRequest, MadeFilm } from './film-request.ts';
import { makeSoundTracks } from './sound/sound-tracks.ts';

/** Films up to this size are assembled in memory, so that the index comes first without a gap. */
const IN_MEMORY_BYTES = 32 << 20;
/** 1536 kb/s of samples become at most 256 kb/s. */
const WAV_BYTES_PER_CODED_BYTE = 6;
/** The finest time base that mediabunny can give a track, hertz. */
const FINEST_CLOCK = 1_000_000;

/**
 * Adds new sound to a video whose packets are copied. Null when mediabunny can't copy the video track.
 * @throws FilmError when the chosen container can't hold it; StorageFullError, BlobMissingError.
 */
export async function copyVideo(
  request: FilmRequest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<MadeFilm | null> {
  using input = openContainer(request.file);
  const track = await findPictures(input);
  const codec = await track?.getCodec();
  if (!track || !codec || !(await track.getDecoderConfig())) return null;
  const format = await input.getFormat();
  const { container, soundCodec, why } = choosePacking(codec, format === WEBM, request.options);
  const startSeconds = request.startSeconds ?? Math.max(0, await track.getFirstTimestamp());
  // The clock of a transport stream started long before the film.
  const shift = format === MPEG_TS ? -startSeconds : 0;
  const durationSeconds = request.durationSeconds ?? (await track.computeDuration()) - startSeconds;
  const fastStart = container === 'mp4' ? indexPlace(request, format === MATROSKA || format === WEBM) : false;
  const content: FilmContent = {
    container,
    fastStart,
    pictures: {
      codec,
      packets: copyPictures(track, shift),
      metadata: {
        transformationMatrix: await track.getTransformationMatrix(),
        ...(container === 'mp4' ? await clockOf(track) : {}),
        ...(fastStart === 'reserve' ? await countOf(track) : {}),
      },
    },
    sounds: await makeSoundTracks(request.sounds, startSeconds + shift, container, soundCodec),
    tags: await readTags(input),
  };
  const film = await writeFilm(content, signal, (seconds) =>
    onProgress(Math.min(1, Math.max(0, (seconds - startSeconds - shift) / durationSeconds))),
  );
  return {
    ...film,
    container,
    videoCodec: codec,
    audioCodec: soundCodec,
    durationSeconds,
    isVideoCopied: true,
    writtenBy: 'mediabunny',
    why,
  };
}

/** The first track with pictures. */
async function findPictures(input: Input): Promise<InputVideoTrack | null> {
  if (!(await input.canRead())) return null;
  for (const track of await input.getVideoTracks()) {
    const { packetCount } = await track.computePacketStats(1).catch(() => ({ packetCount: 0 }));
    if (packetCount > 0) return track;
  }
  return null;
}

/** Only with an index can packets be counted quickly. */
function indexPlace({ file, sounds }: FilmRequest, isWithoutIndex: boolean): FilmContent['fastStart'] {
  const coded = sounds.reduce((sum, { wav }) => sum + wav.size / WAV_BYTES_PER_CODED_BYTE, 0);
  if (file.size + coded <= IN_MEMORY_BYTES) return 'in-memory';
  return isWithoutIndex ? false : 'reserve';
}

/** The source's own time base, so that no timestamp is rounded. */
async function clockOf(track: InputVideoTrack): Promise<{ frameRate?: number }> {
  const ticks = await track.getTimeResolution();
  return Number.isInteger(ticks) && ticks <= FINEST_CLOCK ? { frameRate: ticks } : {};
}

async function countOf(track: InputVideoTrack): Promise<{ maximumPacketCount: number }> {
  const { packetCount } = await track.computePacketStats();
  return { maximumPacketCount: packetCount };
}

/** Title, date, comment and the like. Not place and camera, which every container writes in a different way. */
async function readTags(input: Input): Promise<MetadataTags> {
  const tags = await input.getMetadataTags().catch((): MetadataTags => ({}));
  return { ...tags, raw: {} };
}
