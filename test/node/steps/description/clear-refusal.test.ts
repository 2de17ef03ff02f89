import { expect, test } from 'vitest';
import { clearRefusal } from '#lib/steps/description/neural/clear-refusal.ts';

test.each([
  ['Array buffer allocation failed', 'wasm', 'The processor has too little memory for'],
  ['std::bad_alloc: out of memory\n  at 0x7f', 'wasm', 'The processor has too little memory for'],
  ['Invalid typed array length: 1932735283', 'wasm', 'The processor has too little memory for'],
  ['Requested buffer size (1.2 GB) exceeds the limit', 'webgpu', 'The GPU has too little memory for'],
  ['Device was lost: destroyed', 'webgpu', 'The GPU could not run'],
] as const)('%j on %s begins with “%s”', (message, device, beginning) => {
  const refusal = clearRefusal(new Error(message), 'MoonDream2', device);
  const [reason] = message.split('\n');
  expect(refusal).toMatchObject({
    name: 'DescriberError',
    message: `${beginning} “MoonDream2”, so the words are from measurements. (${reason})`,
  });
});

test('what says already what was wrong comes back as it is', () => {
  const refusal = Object.assign(new Error('Not here.'), { name: 'WeightsError' });
  expect(clearRefusal(refusal, 'MoonDream2', 'wasm')).toBe(refusal);
});
