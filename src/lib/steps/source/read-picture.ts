import { PICTURE_HEADER_BYTES, readPictureHeader, type PictureHeader } from './picture-header.ts';
import { SourceError, type Identity } from './source-error.ts';

/** Maximum side of a canvas in browsers. */
const MAX_SIDE = 16_384;
/** 2^28 pixels take 1 GB: more crashes the page on most devices. */
const MAX_PIXELS = 2 ** 28;
/** Pictures are decoded in memory, so files with an unknown signature are only tried up to this size. */
const MAX_UNKNOWN_BYTES = 32 << 20;

/**
 * Reads a file as a picture that the browser can decode (with its EXIF orientation applied); null when it can't.
 * @throws SourceError when it is a picture of an impossible size.
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

/** The fields that are the same for all pictures. */
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

/** @throws SourceError when a picture of this size is empty or too large to open. */
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

/** Lets `using` close objects that only have a `close` method. */
export function closing<T extends { close(): void }>(value: T): Disposable & { value: T } {
  return { value, [Symbol.dispose]: () => value.close() };
}
