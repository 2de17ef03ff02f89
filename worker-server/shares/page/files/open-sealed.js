/**
 * Decrypts a sealed file (see src/lib/share/encrypt.ts): a header, then chunks, each encrypted with AES-256-GCM. The nonce
 * holds the index of the chunk and the additional data says whether it is the last, so that chunks can't be reordered,
 * dropped or truncated.
 */
const HEADER_BYTES = 20;
const TAG_BYTES = 16;

/**
 * @param {AsyncIterable<Uint8Array>} bytes In pieces of any size.
 * @param {string} keyText 32 bytes in base64url.
 * @returns {Promise<{ about: { title: string, type: string, vtt: string, poster: string | null }, media: Blob }>}
 * @throws {Error} when the key is wrong or the file is damaged.
 */
export async function openSealed(bytes, keyText) {
  const raw = Uint8Array.from(atob(keyText.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
    sign.charCodeAt(0),
  );
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const reader = new PieceReader(bytes);
  const header = await reader.take(HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset);
  if (String.fromCharCode(...header.subarray(0, 8)) !== 'IMVSEAL1')
    throw new Error('These bytes are not sealed.');
  const sealedBytes = view.getUint32(8) + TAG_BYTES;
  if (sealedBytes > 4 << 20) throw new Error('The pieces are too large.');
  /** @type {Blob[]} */
  const pieces = [];
  for (let index = 0, isLast = false; !isLast; index++) {
    const piece = await reader.take(sealedBytes);
    isLast = await reader.isAtEnd();
    const nonce = new Uint8Array(12);
    nonce.set(header.subarray(12, 20));
    new DataView(nonce.buffer).setUint32(8, index);
    const additionalData = new Uint8Array([...header, Number(isLast)]);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, piece);
    pieces.push(new Blob([plain]));
  }
  const all = new Blob(pieces);
  const length = new DataView(await all.slice(0, 4).arrayBuffer()).getUint32(0);
  const about = JSON.parse(await all.slice(4, 4 + length).text());
  const type = /^(video|audio)\/(mp4|webm|wav)$/.test(about.type) ? about.type : 'video/mp4';
  return { about, media: all.slice(4 + length, all.size, type) };
}

/** Reads an exact number of bytes from pieces of any size. */
class PieceReader {
  #source;
  /** @type {Uint8Array[]} */
  #waiting = [];
  #length = 0;

  /** @param {AsyncIterable<Uint8Array>} bytes */
  constructor(bytes) {
    this.#source = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes; fewer at the end of the source. @param {number} count */
  async take(count) {
    while (this.#length < count && (await this.#pull()));
    const all = new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (this.#waiting)).arrayBuffer());
    const taken = all.slice(0, count);
    this.#waiting = [all.subarray(taken.length)];
    this.#length = all.length - taken.length;
    return taken;
  }

  async isAtEnd() {
    while (this.#length === 0 && (await this.#pull()));
    return this.#length === 0;
  }

  async #pull() {
    const { done, value } = await this.#source.next();
    if (done) return false;
    this.#waiting.push(value);
    this.#length += value.length;
    return true;
  }
}
