/** Fields of a Protocol Buffers message: number and wire type, then the value. See the encoding guide of protobuf. */
import { joinBytes } from '#lib/media/join-bytes.ts';

/** A varint: a number in base 128, lowest group first. Negative numbers take ten bytes. */
export function varint(value: number | bigint): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...out, Number(rest)]);
}

/** A field with an integer. */
export function intField(field: number, value: number | bigint): Uint8Array {
  return joinBytes(varint(field << 3), varint(value));
}

/** A field with bytes: a string, a message or packed numbers. */
export function bytesField(field: number, value: Uint8Array | string): Uint8Array {
  const body = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return joinBytes(varint((field << 3) | 2), varint(body.length), body);
}

/** The varint at a position, and where it ends; null when it doesn't end within the bytes. */
export function varintAt(bytes: Uint8Array, at: number): { value: number; end: number } | null {
  let value = 0;
  for (let end = at, factor = 1; end < bytes.length && factor <= 2 ** 63; factor *= 128) {
    const byte = bytes[end++]!;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end };
  }
  return null;
}

/** One field: for wire type 2 its bytes, for the others only its number. */
export interface WireField {
  field: number;
  bytes: Uint8Array | null;
}

/**
 * The fields of a message one by one, without copying.
 * @throws RangeError when the message ends in the middle of a field: it is truncated or no protobuf at all.
 */
export function* readFields(message: Uint8Array): Generator<WireField> {
  let at = 0;
  const number = (): number => {
    const read = varintAt(message, at);
    if (!read) throw truncated();
    at = read.end;
    return read.value;
  };
  while (at < message.length) {
    const tag = number();
    const wire = tag % 8;
    if (wire === 0) number();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire !== 2) throw truncated();
    const length = wire === 2 ? number() : 0;
    if (at + length > message.length) throw truncated();
    yield { field: Math.floor(tag / 8), bytes: wire === 2 ? message.subarray(at, at + length) : null };
    at += length;
  }
}

function truncated(): RangeError {
  return new RangeError('The model file ends too early or is no ONNX file.');
}
