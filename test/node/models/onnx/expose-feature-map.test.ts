import { expect, test } from 'vitest';
import { exposeFeatureMap } from '#lib/models/onnx/expose-feature-map.ts';
import { joinBytes } from '#lib/media/join-bytes.ts';
import { bytesField, intField, readFields, varint } from '#lib/models/onnx/wire.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function pool(input: string): Uint8Array {
  return bytesField(
    1,
    joinBytes(bytesField(1, input), bytesField(2, 'pooled'), bytesField(4, 'GlobalAveragePool')),
  );
}

test('numbers are written in base 128, negative ones in ten bytes', () => {
  expect(hex(varint(300))).toBe('ac02');
  expect(varint(-1)).toHaveLength(10);
});

test('fields are read back as they were written', () => {
  const message = joinBytes(intField(1, 300), bytesField(2, 'abc'), intField(3, 1));
  const fields = [...readFields(message)].map(({ field, bytes }) => [field, bytes && hex(bytes)]);
  expect(fields).toEqual([
    [1, null],
    [2, '616263'],
    [3, null],
  ]);
});

test('a message that ends in the middle of a field is refused', () => {
  const message = bytesField(7, 'abcdefgh');
  expect(() => [...readFields(message.subarray(0, 5))]).toThrow(/ends too early/);
  expect(() => [...readFields(new TextEncoder().encode('<!doctype html>'))]).toThrow(/no ONNX file/);
});

test('the input of the only pooling layer is appended as an output, the model itself untouched', () => {
  const model = bytesField(7, pool('x'));
  const patched = exposeFeatureMap(model);
  expect(hex(patched.subarray(0, model.length))).toBe(hex(model));
  const [graph, appended] = [...readFields(patched)].map(({ bytes }) => bytes!);
  expect(hex(graph!)).toBe(hex(pool('x')));
  const text = new TextDecoder().decode(appended);
  expect(text).toContain('Cast');
  expect(text).toContain('last_hidden_state');
});

test('a model that already has the output is unchanged', () => {
  const model = bytesField(7, joinBytes(pool('x'), bytesField(12, bytesField(1, 'last_hidden_state'))));
  expect(exposeFeatureMap(model)).toBe(model);
});

test('a model without exactly one pooling layer is refused with the number it has', () => {
  expect(() => exposeFeatureMap(bytesField(7, bytesField(2, 'graph')))).toThrow(/this model has 0/);
  expect(() => exposeFeatureMap(bytesField(7, joinBytes(pool('x'), pool('y'))))).toThrow(/this model has 2/);
});
