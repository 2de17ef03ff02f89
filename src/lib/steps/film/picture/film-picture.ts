import { getFirstEncodableVideoCodec, type VideoCodec } from 'mediabunny';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { choosePacking } from '../choose-container.ts';
import { FilmError, type FilmRequest, type MadeFilm } from '../film-request.ts';
import { writeFilm } from '../film-file.ts';
import { makeSoundTracks } from '../sound/sound-tracks.ts';
import { openWav } from '../sound/wav-sound.ts';
import { filmMoving, filmStill } from './film-frames.ts';
import { filmStillWithFfmpeg } from './film-still-with-ffmpeg.ts';
import { FRAME_RATE } from './picture-encoder.ts';
import { preparePicture, type PreparedPicture } from './prepared-picture.ts';

/** Codecs, the one that most players support first. */
const MP4_CODECS: VideoCodec[] = ['avc', 'vp9'];
const WEBM_CODECS: VideoCodec[] = ['vp9', 'vp8'];

/**
 * Makes a clip from a picture: 30 frames a second, still or moving slowly, as long as its sound.
 * @throws FilmError, PictureUnreadableError, FfmpegError, StorageFullError, BlobMissingError
 */
export async function filmPicture(
  request: FilmRequest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<MadeFilm> {
  const { options, sounds, file } = request;
  const durationSeconds = request.durationSeconds ?? (await lengthOf(sounds[0]?.wav));
  const isMoving = options.movement === 'ken-burns';
  const picture = await preparePicture(file, isMoving, signal);
  const codec = await findCodec(picture, options.container === 'webm' ? WEBM_CODECS : MP4_CODECS);
  if (!codec) return filmStillWithFfmpeg(picture, request, durationSeconds, signal, onProgress);
  const { container, soundCodec } = choosePacking(codec, codec !== 'avc', options);
  const film = await writeFilm(
    {
      container,
      fastStart: container === 'mp4' ? 'reserve' : false,
      pictures: {
        codec,
        packets: (isMoving ? filmMoving : filmStill)(picture, codec, durationSeconds),
        metadata: {
          frameRate: FRAME_RATE,
          maximumPacketCount: Math.ceil(durationSeconds * FRAME_RATE) + 1,
        },
      },
      sounds: await makeSoundTracks(sounds, 0, container, soundCodec),
      tags: {},
    },
    signal,
    (seconds) => onProgress(Math.min(1, Math.max(0, seconds / durationSeconds))),
  );
  const how = isMoving ? 'moves gently' : 'stands still';
  return {
    ...film,
    container,
    videoCodec: codec,
    audioCodec: soundCodec,
    durationSeconds,
    isVideoCopied: false,
    writtenBy: 'mediabunny',
    why: `The picture ${how}; its frames were coded by this browser.`,
  };
}

function findCodec({ clip }: PreparedPicture, codecs: VideoCodec[]): Promise<VideoCodec | null> {
  return getFirstEncodableVideoCodec(codecs, { ...clip, frameRate: FRAME_RATE });
}

async function lengthOf(wav: Blob | undefined): Promise<number> {
  if (!wav) throw new FilmError('A clip of a picture needs a length or a sound; it has neither.');
  return (await openWav(wav)).samples / SAMPLE_RATE;
}
