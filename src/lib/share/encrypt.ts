import { fromBase64Url, toBase64Url } from '#lib/protocol/base64-url.ts';
/** What is encrypted together with the media. */
export interface MediaAbout {
  title: string;
  /** MIME type. */
  type: string;
  /** Captions as WebVTT; empty for none. */
  vtt: string;
  /** A JPEG as a data URL. */
  poster: string | null;
}

const MAGIC = 'IMVSEAL1';
const PIECE_BYTES = 1 << 20;

/** A key for one link: 256 random bits in base64url. It stands behind the “#” of the link, which goes to no server. */
export function newKey(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Encrypts media and its description piece by piece, with AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar,
 * Rogaway and Vizár, 2015). The nonce is 8 fixed bytes and the number of the piece. The header, and whether the piece
 * is the last one, are authenticated with each piece. No two links share a key. The nonce follows from the key, the
 * description and the length, so that the same media give the same bytes and an upload can be resumed after a reload.
 * @param key From `newKey`; used for nothing else.
 */
export async function encryptMedia(
  media: Blob,
  about: MediaAbout,
  key: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Blob> {
  const bytes = fromBase64Url(key);
  const aes = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt']);
  const description = new TextEncoder().encode(JSON.stringify(about));
  const plain = new Blob([uint32(description.length), description, media]);
  const header = await headerOf(bytes, description, media.size);
  const pieces: BlobPart[] = [header];
  for (let at = 0, index = 0; at < plain.size; at += PIECE_BYTES, index++) {
    signal.throwIfAborted();
    const iv = new Uint8Array(12);
    iv.set(header.subarray(12));
    iv.set(uint32(index), 8);
    const isLast = at + PIECE_BYTES >= plain.size;
    const additionalData = new Uint8Array([...header, Number(isLast)]);
    const piece = await plain.slice(at, at + PIECE_BYTES).arrayBuffer();
    // A Blob, so that the browser may store it on disk.
    pieces.push(new Blob([await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, aes, piece)]));
    onProgress(Math.min(1, (at + PIECE_BYTES) / plain.size));
  }
  return new Blob(pieces, { type: 'application/octet-stream' });
}

/** Eight bytes that identify the format, four with the size of a piece, eight with the fixed part of the nonces. */
async function headerOf(
  key: Uint8Array,
  description: Uint8Array,
  mediaBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const seed = new Uint8Array(
    await new Blob([key as BlobPart, description as BlobPart, String(mediaBytes)]).arrayBuffer(),
  );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', seed));
  const header = new Uint8Array(20);
  header.set(new TextEncoder().encode(MAGIC));
  header.set(uint32(PIECE_BYTES), 8);
  header.set(digest.subarray(0, 8), 12);
  return header;
}

function uint32(number: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}
