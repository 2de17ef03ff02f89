/** What is told about sealed media to who has the key. */
export interface SealedAbout {
  title: string;
  /** MIME type of the media. */
  type: string;
  /** Captions as WebVTT; empty for none. */
  vtt: string;
  /** A JPEG as a data URL. */
  poster: string | null;
}

const MAGIC = 'IMVSEAL1';
const PIECE_BYTES = 1 << 20;

/** 256 random bits for one link, in base64url: they stand behind the “#” of its address, which goes to no server. */
export function newKey(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * Encrypts media and what is told about it, piece by piece (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015, with AES-256-GCM): a nonce of 8 fixed bytes and the piece's number, and with each piece the header and
 * whether it is the last are authenticated. No two links share a key, and the nonce
 * follows from key, words and length, so that the same media give the same bytes and an upload can go on after a reload.
 * @param key From `newKey`; used for nothing else.
 */
export async function seal(
  media: Blob,
  about: SealedAbout,
  key: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Blob> {
  const bytes = fromBase64Url(key);
  const aes = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt']);
  const told = new TextEncoder().encode(JSON.stringify(about));
  const plain = new Blob([uint32(told.length), told, media]);
  const header = await headerOf(bytes, told, media.size);
  const pieces: BlobPart[] = [header];
  for (let at = 0, index = 0; at < plain.size; at += PIECE_BYTES, index++) {
    signal.throwIfAborted();
    const iv = new Uint8Array(12);
    iv.set(header.subarray(12));
    iv.set(uint32(index), 8);
    const isLast = at + PIECE_BYTES >= plain.size;
    const additionalData = new Uint8Array([...header, Number(isLast)]);
    const piece = await plain.slice(at, at + PIECE_BYTES).arrayBuffer();
    // A Blob, so that the browser may keep it on disk.
    pieces.push(new Blob([await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, aes, piece)]));
    onProgress(Math.min(1, (at + PIECE_BYTES) / plain.size));
  }
  return new Blob(pieces, { type: 'application/octet-stream' });
}

/** Eight bytes that name the format, four with the size of a piece, eight that begin each nonce. */
async function headerOf(
  key: Uint8Array,
  told: Uint8Array,
  mediaBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const seed = new Uint8Array(
    await new Blob([key as BlobPart, told as BlobPart, String(mediaBytes)]).arrayBuffer(),
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

/** Bytes in the letters that addresses may have (RFC 4648, 5), without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}
