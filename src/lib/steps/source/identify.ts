import { readContainer } from './read-container.ts';
import { readPicture } from './read-picture.ts';
import { checkWithFfmpeg, readWithFfmpeg } from './read-with-ffmpeg.ts';
import { SourceError, type Identity } from './source-error.ts';

/**
 * Identifies a file by trying the decoders, the fast ones first; its name doesn't matter.
 * @throws SourceError when nothing here can decode a picture of it.
 */
export async function identify(file: Blob, signal: AbortSignal): Promise<Identity> {
  if (file.size === 0) throw new SourceError('A video or a picture is needed; this file is empty (0 bytes).');
  const reading = await readContainer(file);
  if (reading?.isPictureDecodable) return reading.identity;
  if (reading) {
    const { identity } = reading;
    const why = `This browser can't decode ${identity.videoCodec}, so ffmpeg reads the pictures.`;
    if (reading.isCodecKnown) {
      await checkWithFfmpeg(file, identity.videoCodec ?? 'unknown', signal);
      return { ...identity, why: identity.why.startsWith('The file') ? `${why} ${identity.why}` : why };
    }
    const { container, mimeType, discardedTracks } = identity;
    return { ...(await readWithFfmpeg(file, why, signal)), container, mimeType, discardedTracks };
  }
  const picture = await readPicture(file);
  if (picture) return picture;
  return readWithFfmpeg(
    file,
    'Neither the browser nor mediabunny knows this file, so ffmpeg reads it.',
    signal,
  );
}
