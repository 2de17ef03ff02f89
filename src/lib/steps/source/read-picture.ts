import { PICTURE_HEADER_BYTES, readPictureHeader, type PictureHeader } from './picture-header.ts';
import { SourceError, type Identity } from './source-error.ts';

/** Browsers draw no larger canvas side. */
const MAX_SIDE = 16_384;
/** 2^28 pixels are 1 GB in memory: more than that ends the page on most devices. */
const MAX_PIXELS = 2 ** 28;
/** A picture is decoded from memory: a file that doesn't begin like one is tried only while that is cheap. */
const MAX_UNKNOWN_BYTES = 32 << 20;

/**
 * A file as a picture that the browser itself can decode (EXIF orientation applied); null when it can't.
 * @throws SourceError when it is a picture, but one of an impossible size.
 */
export async function readPicture(file: Blob): Promise<Identity | null> {
  const header = readPictureHeader(new Uint8Array(await file.slice(0, PICTURE_HEADER_BYTES).arrayBuffer()));
  if (!header && file.size > MAX_UNKNOWN_BYTES) return null;
  if (header?.width != null && header.height != null) checkSize(header.width, header.height);
  try {
    using bitmap = closing(await createImageBitmap(file, { imageOrientation: 'from-image' }));
    const { width, height } = bitmap.value;
    checkSize(width, height);
    return pictureIdentity(header, width, height, 'browser', 'The browser decodes this picture itself.');
  } catch (error) {
    if (error instanceof SourceError) throw error;
    return null;
  }
}

/** The lines of an entry that are the same for every picture. */
export function pictureIdentity(
  header: Pick<PictureHeader, 'format' | 'mimeType'> | null,
  width: number,
  height: number,
  readBy: Identity['readBy'],
  why: string,
): Identity {
  return {
    kind: 'picture',
    mimeType: header?.mimeType ?? 'application/octet-stream',
    container: header?.format ?? 'picture',
    width,
    height,
    rotationDegrees: 0,
    durationSeconds: null,
    startSeconds: 0,
    frameRate: null,
    videoCodec: null,
    isHdr: false,
    audioTracks: [],
    discardedTracks: [],
    readBy,
    why,
  };
}

/** @throws SourceError when a picture of this size has no pixels or more than can be opened. */
export function checkSize(width: number, height: number): void {
  const size = `${width} × ${height}`;
  if (width < 1 || height < 1)
    throw new SourceError(`A picture needs at least one pixel; this one says it is ${size}.`);
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw new SourceError(
      `Pictures of up to ${MAX_SIDE} pixels a side and 268 megapixels can be opened; this one has ${size}: ` +
        'please make it smaller.',
    );
}

/** Lets `using` close what has only a `close` method. */
export function closing<T extends { close(): void }>(value: T): Disposable & { value: T } {
  return { value, [Symbol.dispose]: () => value.close() };
}
