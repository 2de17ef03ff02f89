import { expect, test } from 'vitest';
import { precisions } from '#lib/steps/description/neural/precision.ts';
import { tidyAnswer } from '#lib/steps/description/neural/tidy-answer.ts';

test('the precision of each graph follows from the end of its name', () => {
  const paths = [
    'onnx/decoder_model_merged_q4f16.onnx',
    'onnx/embed_tokens_fp16.onnx',
    'onnx/vision_encoder_quantized.onnx',
    'tokenizer.json',
  ];
  expect(precisions(paths)).toEqual({
    decoder_model_merged: 'q4f16',
    embed_tokens: 'fp16',
    vision_encoder: 'q8',
  });
  expect(precisions(['onnx/vision_encoder.onnx', 'onnx/decoder_model_merged.onnx'])).toEqual({
    vision_encoder: 'fp32',
    decoder_model_merged: 'fp32',
  });
});

test.each([
  [' A dog runs.  It is happy. ', 'A dog runs. It is happy.'],
  ['A dog runs. It is a very', 'A dog runs.'],
  ['A dog that never stops', 'A dog that never stops'],
  ['It reads “Stop.” The sky', 'It reads “Stop.”'],
  ['', ''],
])('of %j remains %j', (answer, tidy) => {
  expect(tidyAnswer(answer)).toBe(tidy);
});
