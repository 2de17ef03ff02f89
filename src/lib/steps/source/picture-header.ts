/** Facts from the first bytes of a picture. Sizes are as coded; null where the header has no simple size. */
export interface PictureHeader {
  format: 'jpeg' | 'png' | 'gif' | 'bmp' | 'webp' | 'tiff' | 'avif' | 'heic';
  mimeType: string;
  width: number | null;
  height: number | null;
}

/** Bytes that `readPictureHeader` needs: the size of a JPEG comes after its metadata. */
export const PICTURE_HEADER_BYTES = 1 << 20;

/** Reads the signature and the size of a picture; null when the format is unknown here. */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = formatOf(bytes);
  if (!format) return null;
  const [width, height] = sizeOf(format, view) ?? [null, null];
  return { format, mimeType: `image/${format}`, width, height };
}

function formatOf(bytes: Uint8Array): PictureHeader['format'] | null {
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'tiff';
  if (text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0') return 'bmp';
  if (text.slice(4, 8) !== 'ftyp') return null;
  const brand = text.slice(8, 12);
  if (brand === 'avif' || brand === 'avis') return 'avif';
  return ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].includes(brand) ? 'heic' : null;
}

function sizeOf(format: PictureHeader['format'], view: DataView): [number, number] | null {
  try {
    if (format === 'png') return [view.getUint32(16), view.getUint32(20)];
    if (format === 'gif') return [view.getUint16(6, true), view.getUint16(8, true)];
    if (format === 'bmp') return [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
    if (format === 'jpeg') return jpegSize(view);
  } catch {
    // The header is truncated: the decoder reports what is wrong.
  }
  return null;
}

/** Reads the size in the first start-of-frame segment (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): [number, number] | null {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
