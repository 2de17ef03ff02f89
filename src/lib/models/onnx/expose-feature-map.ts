import { joinBytes } from '#lib/media/join-bytes.ts';
import { bytesField, intField, readFields } from './wire.ts';

const GRAPH = 7;
const NODE = 1;
const OUTPUT = 12;

/** The name of the feature map among the outputs. */
export const FEATURE_MAP = 'last_hidden_state';

/** The classifier does not have exactly one pooling layer, whose input would be the feature map. */
export class FeatureMapError extends Error {
  override name = 'FeatureMapError';
}

/**
 * Adds the last feature map of an image classifier, before pooling, to its outputs: [batch, channels, h, w] float32.
 * Protobuf parsers merge repeated messages, so a second graph with one node and one output is appended; the bytes of
 * the model stay unchanged. A model that already has the output is returned as it is.
 * @throws FeatureMapError when there is not exactly one GlobalAveragePool; RangeError when the file is truncated.
 */
export function exposeFeatureMap(model: Uint8Array): Uint8Array {
  const { sources, outputs } = poolInputs(model);
  if (outputs.has(FEATURE_MAP)) return model;
  const [source] = sources;
  if (!source || sources.length > 1) {
    throw new FeatureMapError(
      `Wanted a classifier with exactly one GlobalAveragePool, but this model has ${sources.length}.`,
    );
  }
  const toFloat = joinBytes(bytesField(1, 'to'), intField(3, 1), intField(20, 2));
  const cast = joinBytes(
    bytesField(1, source),
    bytesField(2, FEATURE_MAP),
    bytesField(3, FEATURE_MAP),
    bytesField(4, 'Cast'),
    bytesField(5, toFloat),
  );
  const output = bytesField(1, FEATURE_MAP);
  return joinBytes(model, bytesField(GRAPH, joinBytes(bytesField(NODE, cast), bytesField(OUTPUT, output))));
}

function poolInputs(model: Uint8Array): { sources: string[]; outputs: Set<string> } {
  const sources: string[] = [];
  const outputs = new Set<string>();
  for (const graph of messages(model, GRAPH)) {
    for (const node of messages(graph, NODE)) {
      if (texts(node, 4)[0] === 'GlobalAveragePool') sources.push(texts(node, 1)[0]!);
    }
    for (const output of messages(graph, OUTPUT)) outputs.add(texts(output, 1)[0]!);
  }
  return { sources, outputs };
}

function messages(message: Uint8Array, wanted: number): Uint8Array[] {
  return Array.from(readFields(message)).flatMap(({ field, bytes }) =>
    field === wanted && bytes ? [bytes] : [],
  );
}

function texts(message: Uint8Array, wanted: number): string[] {
  return messages(message, wanted).map((bytes) => new TextDecoder().decode(bytes));
}
