import { FfmpegError, FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { probeInput } from '#lib/ffmpeg/probe-with-ffmpeg.ts';
import type { ProbedFile, ProbedStream } from '#lib/ffmpeg/read-probe.ts';
import { PICTURE_HEADER_BYTES, readPictureHeader } from './picture-header.ts';
import { checkSize, pictureIdentity } from './read-picture.ts';
import { SOUND_ONLY, SourceError, type Identity } from './source-error.ts';

const FILE = 'file';

/**
 * Reads a file with ffmpeg that the faster readers did not understand, and decodes its first picture.
 * @param why Why the faster readers failed; it becomes part of the entry.
 * @throws SourceError when the file has no picture that ffmpeg can decode.
 */
export async function readWithFfmpeg(file: Blob, why: string, signal: AbortSignal): Promise<Identity> {
  using program = await open(file, signal);
  const header = readPictureHeader(new Uint8Array(await file.slice(0, PICTURE_HEADER_BYTES).arrayBuffer()));
  const probed = await probe(program, header?.format);
  const video = probed.streams.find((stream) => stream.type === 'video' && !stream.isCover);
  if (!video) throw new SourceError(soundOnly(probed));
  const isPicture = probed.container.endsWith('_pipe') || probed.container === 'image2';
  const [width, height] = shownSize(video);
  if (isPicture) checkSize(width, height);
  await tryOnePicture(program, video);
  if (isPicture) return pictureIdentity(header, width, height, 'ffmpeg', why);
  const duration = video.durationSeconds ?? probed.durationSeconds ?? 0;
  return {
    kind: 'video',
    mimeType: `video/${probed.container === 'avi' ? 'x-msvideo' : probed.container}`,
    container: probed.container,
    width,
    height,
    rotationDegrees: video.rotationDegrees,
    durationSeconds: Math.max(duration, 1 / (video.frameRate ?? 25)),
    startSeconds: Math.max(0, video.startSeconds),
    frameRate: video.frameRate,
    videoCodec: video.codec,
    isHdr: video.isHdr,
    audioTracks: probed.streams.filter((stream) => stream.type === 'audio').map(readAudio),
    discardedTracks: discarded(probed, video),
    readBy: 'ffmpeg',
    why,
  };
}

/** Checks that ffmpeg can decode the first picture. @throws SourceError when it can't. */
export async function checkWithFfmpeg(file: Blob, codec: string, signal: AbortSignal): Promise<void> {
  using program = await open(file, signal);
  await tryOnePicture(program, { codec, codecTag: codec });
}

async function open(file: Blob, signal: AbortSignal): Promise<FfmpegProgram> {
  try {
    return await FfmpegProgram.open(new Map([[FILE, file]]), signal);
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    throw new SourceError(
      'A video or a picture that this browser knows is needed; for this one ffmpeg would have to be loaded, and ' +
        'that failed: please go online and try again.',
    );
  }
}

async function probe(program: FfmpegProgram, format: string | undefined): Promise<ProbedFile> {
  try {
    return await probeInput(program, FILE);
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    throw new SourceError(explain(error.message, format));
  }
}

async function tryOnePicture(
  program: FfmpegProgram,
  { codec, codecTag }: Pick<ProbedStream, 'codec' | 'codecTag'>,
): Promise<void> {
  try {
    const args = [
      '-i',
      inputPath(FILE),
      '-map',
      '0:V:0',
      '-frames:v',
      '1',
      '-c:v',
      'rawvideo',
      '-f',
      'framemd5',
      'one',
    ];
    const { outputs } = await program.run(args, ['one']);
    const lines = new TextDecoder().decode(outputs.get('one')).split('\n');
    if (lines.some((line) => /^\d/.test(line))) return;
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
  }
  throw new SourceError(
    `A video whose pictures can be decoded is needed; neither this browser nor ffmpeg can decode ` +
      `"${codec ?? codecTag}" in this file: please convert it to H.264 (MP4).`,
  );
}

function explain(words: string, format: string | undefined): string {
  if (format === 'heic')
    return (
      'A picture that this browser can open is needed; this one is a HEIC photo: please export it as JPEG, ' +
      'or set the iPhone camera to "Most Compatible".'
    );
  if (words.includes('moov atom not found'))
    return (
      'A complete video is needed; this MP4 is cut off before the part that says where its pictures are ' +
      '(moov), so it was probably not copied or recorded to the end.'
    );
  if (format)
    return `A whole picture is needed; this ${format.toUpperCase()} file is damaged and could not be decoded.`;
  return 'A video or a picture is needed; this file is neither of a kind that this browser or ffmpeg knows.';
}

function soundOnly(probed: ProbedFile): string {
  return probed.streams.some((stream) => stream.type === 'audio')
    ? SOUND_ONLY
    : `A video or a picture is needed; this ${probed.container} file has no picture in it.`;
}

/** The displayed width and height: square pixels, upright. */
function shownSize(video: ProbedStream): [number, number] {
  const width = Math.round((video.width ?? 0) * video.pixelAspect);
  const height = video.height ?? 0;
  return video.rotationDegrees % 180 === 0 ? [width, height] : [height, width];
}

function readAudio(stream: ProbedStream): Identity['audioTracks'][number] {
  return {
    codec: stream.codec ?? stream.codecTag,
    channels: stream.channels ?? 0,
    sampleRate: stream.sampleRate ?? 0,
    durationSeconds: stream.durationSeconds ?? 0,
    isDecodable: stream.codec !== null,
  };
}

function discarded(probed: ProbedFile, video: ProbedStream): Identity['discardedTracks'] {
  return probed.streams
    .filter((stream) => stream !== video && stream.type !== 'audio')
    .map((stream) => ({
      track: `${stream.type} ${stream.index}`,
      reason:
        stream.type === 'video' ? 'Only the first video track is used.' : 'Only pictures and sound are used.',
    }));
}
