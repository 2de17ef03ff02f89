/** A message of a child process: one line of JSON, followed by as many raw bytes as its field `bytes` says. */
export interface Frame {
  message: Record<string, unknown>;
  /** Starts at the first byte of its own buffer, so that it can be viewed as another typed array. */
  payload: Uint8Array<ArrayBuffer>;
}

/** The received bytes are not a valid frame. */
export class FrameError extends Error {
  override name = 'FrameError';
}

const MAX_LINE_BYTES = 256 * 1024;
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
const NEW_LINE = 10;
const NOTHING = new Uint8Array(0);

/** Encodes a message and its payload. */
export function encodeFrame(message: Record<string, unknown>, payload?: Uint8Array): Uint8Array {
  const line = JSON.stringify(payload ? { ...message, bytes: payload.length } : message);
  return Buffer.concat([Buffer.from(`${line}\n`), payload ?? NOTHING]);
}

/**
 * Decodes the frames of a byte stream, independent of its chunks. The stream is read only as fast as frames are consumed.
 * An incomplete frame at the end of the stream is dropped.
 * @throws FrameError when a line is not a JSON object, or a size is invalid or above the limit.
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
        // Earlier chunks were searched already.
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
