import type { FileHandle } from 'node:fs/promises';
import { MediaRefusedError } from './media-facts.ts';

/** Top-level boxes of a playable file (ISO 14496-12). Others are refused. */
const TOP = new Set([
  'ftyp',
  'moov',
  'mdat',
  'free',
  'skip',
  'wide',
  'moof',
  'mfra',
  'sidx',
  'styp',
  'udta',
  'uuid',
  'meta',
]);
const PARENTS = new Set(['trak', 'mdia', 'minf', 'dinf']);
const MAX_BOXES = 20_000;
const MAX_MOOV_BYTES = 64 << 20;

/**
 * Walks the boxes of an MP4: they must fill the file exactly, start with `ftyp`, and reference no other file.
 * @throws MediaRefusedError
 */
export async function checkMp4(file: FileHandle, size: number): Promise<void> {
  const head = Buffer.alloc(16);
  let at = 0;
  for (let count = 0; at < size; count++) {
    const { bytesRead } = await file.read(head, 0, 16, at);
    const { type, bytes, headerBytes } = readBox(head.subarray(0, bytesRead), size - at);
    if (count === 0 && type !== 'ftyp') throw refused('it does not begin as an MP4 does');
    if (!TOP.has(type) || count > MAX_BOXES) throw refused('it has parts that no film has');
    if (type === 'moov') {
      if (bytes > MAX_MOOV_BYTES) throw refused('its index is too large');
      const moov = Buffer.alloc(bytes - headerBytes);
      await file.read(moov, 0, moov.length, at + headerBytes);
      checkReferences(moov, 0);
    }
    at += bytes;
  }
}

/** Every entry of every `dref` must have flag 1: the media data is in the same file. */
function checkReferences(parent: Buffer, depth: number): void {
  for (let at = 0; at + 8 <= parent.length;) {
    const { type, bytes, headerBytes } = readBox(parent.subarray(at), parent.length - at);
    const body = parent.subarray(at + headerBytes, at + bytes);
    if (type === 'dref') checkDref(body);
    else if (PARENTS.has(type) && depth < 8) checkReferences(body, depth + 1);
    at += bytes;
  }
}

function checkDref(body: Buffer): void {
  for (let at = 8; at + 12 <= body.length;) {
    const { bytes } = readBox(body.subarray(at), body.length - at);
    if ((body.readUInt32BE(at + 8) & 1) === 0) throw refused('it points to media in other files');
    at += bytes;
  }
}

function readBox(bytes: Buffer, left: number) {
  if (bytes.length < 8) throw refused('it ends in the middle of a part');
  const short = bytes.readUInt32BE(0);
  const isLong = short === 1;
  if (isLong && bytes.length < 16) throw refused('it ends in the middle of a part');
  const long = isLong ? bytes.readBigUInt64BE(8) : BigInt(short === 0 ? left : short);
  const headerBytes = isLong ? 16 : 8;
  if (long < BigInt(headerBytes) || long > BigInt(left)) throw refused('its parts do not fit into it');
  return { type: bytes.toString('latin1', 4, 8), bytes: Number(long), headerBytes };
}

function refused(why: string): MediaRefusedError {
  return new MediaRefusedError(`This is no film for a link: ${why}.`);
}
