/** Bytes before the payload of a binary message. */
export const FRAME_HEADER_BYTES = 16;
/** Maximum payload of one frame, bytes. */
export const MAX_PAYLOAD_BYTES = 64 * 1024;

const MAGIC = 0xa1;
const KIND_RESULT = 1;
const FLAG_LAST = 1;

/** A section of a job's byte stream. */
export interface AudioFrame {
  /** First 32 bits of the job's id. */
  stream: number;
  /** Byte offset of the payload in the job's stream. */
  offset: number;
  isLast: boolean;
  payload: Uint8Array;
}

/** A binary message is no audio frame. */
export class AudioFrameError extends Error {
  override name = 'AudioFrameError';
}

/** The 32 bits that identify the frames of a job on a socket. */
export function streamOf(job: string): number {
  const bytes = Uint8Array.from(atob(job.slice(0, 8).replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  );
  return new DataView(bytes.buffer).getUint32(0, true);
}

/**
 * Packs a frame: magic `0xA1`, kind 1, flags (bit 0: last) in 16 bits, stream in 32, offset in 64, payload;
 * little-endian throughout.
 */
export function packFrame({ stream, offset, isLast, payload }: AudioFrame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MAGIC);
  view.setUint8(1, KIND_RESULT);
  view.setUint16(2, isLast ? FLAG_LAST : 0, true);
  view.setUint32(4, stream, true);
  view.setBigUint64(8, BigInt(offset), true);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/**
 * Reads a frame; the payload is a view of the given bytes.
 * @throws AudioFrameError when the bytes are no frame of this version.
 */
export function unpackFrame(bytes: Uint8Array): AudioFrame {
  const { length } = bytes;
  if (length < FRAME_HEADER_BYTES)
    throw wrong(`at least ${FRAME_HEADER_BYTES} bytes were wanted, ${length} came`);
  if (length > FRAME_HEADER_BYTES + MAX_PAYLOAD_BYTES) {
    throw wrong(`at most ${FRAME_HEADER_BYTES + MAX_PAYLOAD_BYTES} bytes were wanted, ${length} came`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const [magic, kind, flags] = [view.getUint8(0), view.getUint8(1), view.getUint16(2, true)];
  if (magic !== MAGIC || kind !== KIND_RESULT || flags > FLAG_LAST) {
    throw wrong(`its first bytes are ${magic}, ${kind}, ${flags}`);
  }
  const offset = view.getBigUint64(8, true);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw wrong(`the offset ${offset} is out of range`);
  return {
    stream: view.getUint32(4, true),
    offset: Number(offset),
    isLast: flags === FLAG_LAST,
    payload: bytes.subarray(FRAME_HEADER_BYTES),
  };
}

function wrong(why: string): AudioFrameError {
  return new AudioFrameError(`The server sent bytes that are no piece of audio: ${why}.`);
}
