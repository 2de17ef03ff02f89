import type { Constant, GraphNode, TfjsGraph } from './tfjs-graph.ts';

/** A convolution with what follows it channel by channel: y = scale · conv(x) + shift. */
export interface FoldedConvolution {
  /** The node that it reads. */
  input: string;
  isDepthwise: boolean;
  /** Of the square kernel, and how far it moves. */
  kernel: number;
  stride: number;
  /** [outputs, inputs (1 when depthwise), kernel, kernel], already scaled. */
  weights: Float32Array;
  /** By output. */
  bias: Float32Array;
}

/** Scale and shift of every output channel. */
interface Affine {
  convolution: GraphNode;
  scale: Float64Array;
  shift: Float64Array;
}

const CONVOLUTIONS = ['Conv2D', 'DepthwiseConv2dNative'];

/**
 * The convolution behind a node, with all multiplications, additions and batch normalisations (Ioffe & Szegedy 2015)
 * between it and the node folded into its weights.
 * @throws TypeError when there is something else between them.
 */
export function foldConvolution(graph: TfjsGraph, name: string): FoldedConvolution {
  const { convolution, scale, shift } = affineBefore(graph, name);
  const [input, filter] = convolution.input as [string, string];
  const { shape, data } = constantAt(graph, filter);
  const [kernel, , inputs, multiplier] = shape as [number, number, number, number];
  const isDepthwise = convolution.op === 'DepthwiseConv2dNative';
  // TensorFlow keeps [height, width, inputs, outputs]; of a depthwise filter each input has its own outputs.
  const outputs = isDepthwise ? inputs * multiplier : multiplier;
  const depth = isDepthwise ? 1 : inputs;
  const weights = new Float32Array(data.length);
  for (let output = 0, to = 0; output < outputs; output++) {
    for (let channel = 0; channel < depth; channel++) {
      for (let tap = 0; tap < kernel * kernel; tap++, to++) {
        const from = isDepthwise ? tap * outputs + output : (tap * inputs + channel) * outputs + output;
        weights[to] = data[from]! * scale[output]!;
      }
    }
  }
  const stride = Number(convolution.attr.strides!.list.i[1]);
  return { input, isDepthwise, kernel, stride, weights, bias: Float32Array.from(shift) };
}

function affineBefore(graph: TfjsGraph, name: string): Affine {
  const node = graph.nodes.get(name)!;
  if (CONVOLUTIONS.includes(node.op)) {
    const shape = constantAt(graph, node.input[1]!).shape;
    const outputs = node.op === 'Conv2D' ? shape[3]! : shape[2]! * shape[3]!;
    return {
      convolution: node,
      scale: new Float64Array(outputs).fill(1),
      shift: new Float64Array(outputs),
    };
  }
  const affine = affineBefore(graph, node.input[0]!);
  const given = node.input.slice(1).map((input) => constantAt(graph, input).data);
  const { scale: factor, shift: summand } = channelwise(node, given);
  return {
    ...affine,
    scale: affine.scale.map((value, channel) => value * factor(channel)),
    shift: affine.shift.map((value, channel) => value * factor(channel) + summand(channel)),
  };
}

function channelwise({ name, op, attr }: GraphNode, given: readonly Constant['data'][]) {
  const [first, beta, mean, variance] = given as [Constant['data'], ...Constant['data'][]];
  const one = () => 1;
  const nought = () => 0;
  if (op === 'Mul') return { scale: (channel: number) => first[channel]!, shift: nought };
  if (op === 'Add' || op === 'BiasAdd') return { scale: one, shift: (channel: number) => first[channel]! };
  if (op !== 'FusedBatchNorm') throw new TypeError(`A convolution was wanted behind ${name}, not ${op}.`);
  const scale = (channel: number) => first[channel]! / Math.sqrt(variance![channel]! + attr.epsilon!.f);
  return { scale, shift: (channel: number) => beta![channel]! - mean![channel]! * scale(channel) };
}

function constantAt(graph: TfjsGraph, name: string): Constant {
  const constant = graph.constants.get(name);
  if (!constant) throw new TypeError(`A constant was wanted at ${name}.`);
  return constant;
}
