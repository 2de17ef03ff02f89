import { expect, test } from 'vitest';
import { foldConvolution } from '../../../../cli/detector/fold-convolution.ts';
import type { GraphNode, TfjsGraph } from '../../../../cli/detector/tfjs-graph.ts';

const node = (name: string, op: string, input: string[], attr: GraphNode['attr'] = {}): GraphNode => {
  const strides = { list: { i: ['1', '2', '2', '1'] } };
  return { name, op, input, attr: op.includes('onv') ? { strides, ...attr } : attr };
};
const graphOf = (
  nodes: GraphNode[],
  constants: Record<string, { shape: number[]; data: number[] }>,
): TfjsGraph => ({
  nodes: new Map(nodes.map((one) => [one.name, one])),
  constants: new Map(
    Object.entries(constants).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float32Array.from(data) },
    ]),
  ),
});

// 1 × 1, two inputs, three outputs: TensorFlow keeps the outputs of an input together, ONNX the inputs of an output.
const WEIGHTS = { shape: [1, 1, 2, 3], data: [1, 2, 3, 10, 20, 30] };

test('weights of a convolution are sorted by output, then by input', () => {
  const folded = foldConvolution(graphOf([node('conv', 'Conv2D', ['x', 'w'])], { w: WEIGHTS }), 'conv');
  expect(folded).toMatchObject({ input: 'x', isDepthwise: false, kernel: 1, stride: 2 });
  expect([...folded.weights]).toEqual([1, 10, 2, 20, 3, 30]);
  expect([...folded.bias]).toEqual([0, 0, 0]);
});

test('each input of a depthwise convolution has its own taps', () => {
  const w = { shape: [2, 2, 2, 1], data: [1, 10, 2, 20, 3, 30, 4, 40] };
  const folded = foldConvolution(graphOf([node('deep', 'DepthwiseConv2dNative', ['x', 'w'])], { w }), 'deep');
  expect(folded).toMatchObject({ isDepthwise: true, kernel: 2 });
  expect([...folded.weights]).toEqual([1, 2, 3, 4, 10, 20, 30, 40]);
});

test('what follows channel by channel goes into weights and bias, in its order', () => {
  const nodes = [
    node('conv', 'Conv2D', ['x', 'w']),
    node('scaled', 'Mul', ['conv', 'factor']),
    node('shifted', 'Add', ['scaled', 'summand']),
    node('normal', 'FusedBatchNorm', ['shifted', 'gamma', 'beta', 'mean', 'variance'], { epsilon: { f: 1 } }),
  ];
  const row = (...data: number[]) => ({ shape: [3], data });
  const folded = foldConvolution(
    graphOf(nodes, {
      w: WEIGHTS,
      factor: row(1, 2, 3),
      summand: row(5, 5, 5),
      gamma: row(1, 1, 2),
      beta: row(0, 0, 7),
      mean: row(1, 1, 1),
      variance: row(0, 3, 3),
    }),
    'normal',
  );
  // (conv · factor + summand - mean) · gamma / √(variance + epsilon) + beta
  expect([...folded.weights]).toEqual([1, 10, 2, 20, 9, 90]);
  expect([...folded.bias]).toEqual([4, 2, 11]);
});

test('something else than a convolution is refused with its name', () => {
  const nodes = [node('conv', 'Conv2D', ['x', 'w']), node('odd', 'Softmax', ['conv'])];
  expect(() => foldConvolution(graphOf(nodes, { w: WEIGHTS }), 'odd')).toThrow(/behind odd, not Softmax/);
});
