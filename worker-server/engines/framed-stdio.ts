/** A message of a child process: one line of JSON, then as many raw bytes as its `bytes` says. */
export interface Frame {
  message: Record<string, unknown>;
  /** In a buffer of its own, from its first byte. */
  payload: Uint8Array<ArrayBuffer>;
}

/** What came is no frame. */
export class FrameError extends Error {
  override name = 'FrameError';
}

const MAX_LINE_BYTES = 256 * 1024;
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
const NEW_LINE = 10;
const NOTHING = new Uint8Array(0);

/** The bytes of a message; `payload` follows the line. */
export function encodeFrame(message: Record<string, unknown>, payload?: Uint8Array): Uint8Array {
  const line = JSON.stringify(payload ? { ...message, bytes: payload.length } : message);
  return Buffer.concat([Buffer.from(`${line}\n`), payload ?? NOTHING]);
}

/**
 * Frames of a byte stream, however its chunks are cut. Reads on only when the last frame was taken, which is the brake.
 * A frame that is cut off by the end of the stream is left out.
 * @throws FrameError when a line is no JSON object, or a size is beyond all reason.
 */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let message: Record<string, unknown> | undefined;
  for await (const chunk of chunks) {
    rest.push(chunk);
    restBytes += chunk.length;
    while (true) {
      if (!message) {
        // Only the newest chunk can hold the first end of a line.
        const newest = rest.at(-1) ?? NOTHING;
        const end = newest.indexOf(NEW_LINE);
        if (end < 0) break;
        const all = join(rest, restBytes);
        const lineBytes = restBytes - newest.length + end;
        message = parse(all.subarray(0, lineBytes));
        rest = [all.subarray(lineBytes + 1)];
        restBytes = all.length - lineBytes - 1;
      }
      const bytes = payloadBytes(message);
      if (restBytes < bytes) break;
      const all = join(rest, restBytes);
      yield { message, payload: all.slice(0, bytes) };
      message = undefined;
      rest = [all.subarray(bytes)];
      restBytes = all.length - bytes;
    }
    if (!message && restBytes > MAX_LINE_BYTES)
      throw new FrameError(`A line of at most ${MAX_LINE_BYTES} bytes was wanted; more came without an end.`);
  }
}

function join(parts: Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function parse(line: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(line));
  } catch (error) {
    throw new FrameError('A line of JSON was wanted; other text came.', { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FrameError('A JSON object was wanted; another value came.');
  return value as Record<string, unknown>;
}

function payloadBytes({ bytes = 0 }: Record<string, unknown>): number {
  if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 0 || bytes > MAX_PAYLOAD_BYTES)
    throw new FrameError(
      `A payload of 0 to ${MAX_PAYLOAD_BYTES} bytes was wanted; another size was announced.`,
    );
  return bytes;
}
