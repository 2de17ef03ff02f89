import { OnnxWriter } from '#lib/models/onnx/onnx-writer.ts';
import { foldConvolution, type FoldedConvolution } from './fold-convolution.ts';
import type { TfjsGraph } from './tfjs-graph.ts';

/** Side of the picture that the network looks at, in pixels. */
const PIXELS = 300;

/** The nodes of TensorFlow's graph that matter by name: the picture, the last feature map, the anchors. */
const PICTURE = 'Preprocessor/sub';
const FEATURES = 'FeatureExtractor/MobilenetV2/Conv_1/Relu6';
const ANCHORS = 'Postprocessor/ExpandDims';
const PREDICTORS = 6;

/** The classes of each anchor: background, then COCO's ids 1 … 90, ten of which nobody labelled. */
const CLASSES = 91;
const UNUSED_IDS = [0, 12, 26, 29, 30, 45, 66, 68, 69, 71, 83];
const USED_IDS = Array.from({ length: CLASSES }, (_, id) => id).filter((id) => !UNUSED_IDS.includes(id));

/** Variances of the box encoding: offsets were multiplied by 10, logarithms of sizes by 5. */
const OFFSET_SCALE = 10;
const SIZE_SCALE = 5;

/** Fewer weights than these stay float32: they would save nothing. */
const MIN_QUANTIZED = 1024;

/** A value of the ONNX graph, and the side of its square map. */
interface FeatureMap {
  value: string;
  side: number;
}

/**
 * TensorFlow.js's COCO-SSD (SSDLite on MobileNetV2; Sandler et al. 2018, Liu et al. 2016) as an ONNX file with int8
 * weights, one scale for each output channel.
 *
 * In: `images` [batch, 3, 300, 300], RGB 0 … 1, the picture stretched. Out: `output0` [batch, 84, 1917], for each
 * anchor centre x, centre y, width, height in pixels of the input, then the probabilities of COCO's 80 classes; and
 * `latent` [batch, 1280], the mean of MobileNetV2's last feature map.
 */
export function convertSsd(graph: TfjsGraph): Uint8Array<ArrayBuffer> {
  return new SsdConverter(graph).convert();
}

class SsdConverter {
  #graph: TfjsGraph;
  #onnx = new OnnxWriter();
  #maps = new Map<string, FeatureMap>();
  #zero = this.#onnx.floats([0], []);
  #six = this.#onnx.floats([6], []);

  constructor(graph: TfjsGraph) {
    this.#graph = graph;
  }

  convert(): Uint8Array<ArrayBuffer> {
    const onnx = this.#onnx;
    const images = onnx.input('images', ['batch', 3, PIXELS, PIXELS]);
    const doubled = onnx.node('Mul', [images, onnx.floats([2], [])]);
    const centred = onnx.node('Sub', [doubled, onnx.floats([1], [])]);
    this.#maps.set(PICTURE, { value: centred, side: PIXELS });
    const boxes = this.#predictions('BoxEncodingPredictor', 4);
    const scores = this.#predictions('ClassPredictor', USED_IDS.length, keepUsedClasses);
    const probabilities = onnx.node('Sigmoid', [scores]);
    onnx.node('Concat', [...this.#decode(boxes), probabilities], { axis: 1 }, 'output0');
    const pooled = onnx.node('GlobalAveragePool', [this.#mapAt(FEATURES).value]);
    onnx.node('Flatten', [pooled], {}, 'latent');
    const anchors = this.#graph.constants.get(ANCHORS)!.shape[1]!;
    onnx.output('output0', ['batch', 4 + USED_IDS.length, anchors]);
    onnx.output('latent', ['batch', 1280]);
    return onnx.bytes({
      resize: 'stretch',
      source: 'TensorFlow.js COCO-SSD, ssdlite_mobilenet_v2',
      licence: 'Apache-2.0',
    });
  }

  /** What all predictors of a kind say: [batch, rows, anchors]. */
  #predictions(kind: string, rows: number, change = (folded: FoldedConvolution) => folded): string {
    const onnx = this.#onnx;
    const parts = Array.from({ length: PREDICTORS }, (_, at) => {
      const folded = foldConvolution(this.#graph, `BoxPredictor_${at}/${kind}/BiasAdd`);
      const { value } = this.#convolution(change(folded));
      // The anchors of a place lie in its channels, one after the other.
      const placed = onnx.node('Transpose', [value], { perm: [0, 2, 3, 1] });
      return onnx.node('Reshape', [placed, onnx.ints([0, -1, rows])]);
    });
    return onnx.node('Transpose', [onnx.node('Concat', parts, { axis: 1 })], { perm: [0, 2, 1] });
  }

  /** Centres and sizes in pixels out of encodings by Liu et al. 2016, equation 2; rows are y, x, height, width. */
  #decode(encodings: string): [centres: string, sizes: string] {
    const onnx = this.#onnx;
    const { shape, data } = this.#graph.constants.get(ANCHORS)!;
    const count = shape[1]!;
    const row = (read: (top: number, left: number, bottom: number, right: number) => number) =>
      Array.from({ length: count }, (_, at) => {
        const [top, left, bottom, right] = data.subarray(4 * at) as unknown as [
          number,
          number,
          number,
          number,
        ];
        return PIXELS * read(top, left, bottom, right);
      });
    const x = row((_top, left, _bottom, right) => (left + right) / 2);
    const y = row((top, _left, bottom) => (top + bottom) / 2);
    const widths = row((_top, left, _bottom, right) => right - left);
    const heights = row((top, _left, bottom) => bottom - top);
    const sides = onnx.floats([...widths, ...heights], [2, count]);
    const scaled = (rows: [number, number], by: number) => {
      const picked = onnx.node('Gather', [encodings, onnx.ints(rows)], { axis: 1 });
      return onnx.node('Mul', [picked, onnx.floats([1 / by], [])]);
    };
    const moved = onnx.node('Mul', [scaled([1, 0], OFFSET_SCALE), sides]);
    const centres = onnx.node('Add', [moved, onnx.floats([...x, ...y], [2, count])]);
    return [centres, onnx.node('Mul', [onnx.node('Exp', [scaled([3, 2], SIZE_SCALE)]), sides])];
  }

  /** The feature map that a node of TensorFlow's graph gives. */
  #mapAt(name: string): FeatureMap {
    const known = this.#maps.get(name);
    if (known) return known;
    const made = this.#makeMap(name);
    this.#maps.set(name, made);
    return made;
  }

  #makeMap(name: string): FeatureMap {
    const { op, input } = this.#graph.nodes.get(name)!;
    if (op === 'Relu6') {
      const { value, side } = this.#mapAt(input[0]!);
      return { value: this.#onnx.node('Clip', [value, this.#zero, this.#six]), side };
    }
    const shift = this.#graph.constants.get(input[0]!);
    if (!shift) return this.#convolution(foldConvolution(this.#graph, name));
    // A residual connection: TensorFlow's optimiser moved the shift of its convolution behind the sum.
    const [branch, trunk] = this.#graph.nodes.get(input[1]!)!.input as [string, string];
    const folded = foldConvolution(this.#graph, branch);
    const bias = folded.bias.map((value, output) => value + shift.data[output]!);
    const { value, side } = this.#convolution({ ...folded, bias });
    return { value: this.#onnx.node('Add', [value, this.#mapAt(trunk).value]), side };
  }

  #convolution({ input, isDepthwise, kernel, stride, weights, bias }: FoldedConvolution): FeatureMap {
    const { value, side } = this.#mapAt(input);
    const outSide = Math.ceil(side / stride);
    // TensorFlow's SAME: what has to be added is shared out, the odd pixel at the end.
    const padding = Math.max(0, (outSide - 1) * stride + kernel - side);
    const before = padding >> 1;
    const after = padding - before;
    const outputs = bias.length;
    const dims = [outputs, weights.length / (outputs * kernel * kernel), kernel, kernel];
    const attributes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [before, before, after, after],
      group: isDepthwise ? outputs : 1,
    };
    const inputs = [value, this.#weights(weights, dims), this.#onnx.floats(bias)];
    return { value: this.#onnx.node('Conv', inputs, attributes), side: outSide };
  }

  /** Weights as int8 behind a DequantizeLinear, symmetric, with one scale for each output channel. */
  #weights(weights: Float32Array, dims: readonly number[]): string {
    if (weights.length < MIN_QUANTIZED) return this.#onnx.floats(weights, dims);
    const outputs = dims[0]!;
    const size = weights.length / outputs;
    const scales = Float32Array.from({ length: outputs }, (_, output) => {
      const channel = weights.subarray(output * size, (output + 1) * size);
      const largest = channel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
      return largest / 127 || 1;
    });
    const quantized = Int8Array.from(weights, (weight, at) =>
      Math.round(weight / scales[Math.floor(at / size)]!),
    );
    const values = this.#onnx.bytes8(quantized, dims);
    return this.#onnx.node('DequantizeLinear', [values, this.#onnx.floats(scales)], { axis: 0 });
  }
}

/** A predictor of classes without the outputs of background and unused ids. */
function keepUsedClasses(folded: FoldedConvolution): FoldedConvolution {
  const size = folded.weights.length / folded.bias.length;
  const kept = Array.from(folded.bias.keys()).filter((output) => USED_IDS.includes(output % CLASSES));
  return {
    ...folded,
    weights: Float32Array.from(
      kept.flatMap((output) => [...folded.weights.subarray(output * size, (output + 1) * size)]),
    ),
    bias: Float32Array.from(kept, (output) => folded.bias[output]!),
  };
}
