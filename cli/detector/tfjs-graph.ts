import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A constant of the graph: its weights as numbers, in the order of its shape. */
export interface Constant {
  shape: readonly number[];
  data: Float32Array | Int32Array;
}

/** One operation: what it reads, by the names of nodes and constants, and the attributes that matter here. */
export interface GraphNode {
  name: string;
  op: string;
  input: readonly string[];
  attr: {
    strides?: { list: { i: readonly string[] } };
    /** A word as the codes of its characters. */
    padding?: { s: readonly number[] };
    epsilon?: { f: number };
  };
}

/** A TensorFlow.js graph model in memory. */
export interface TfjsGraph {
  nodes: ReadonlyMap<string, GraphNode>;
  constants: ReadonlyMap<string, Constant>;
}

interface ModelJson {
  modelTopology: { node: GraphNode[] };
  weightsManifest: {
    paths: string[];
    weights: { name: string; shape: number[]; dtype: 'float32' | 'int32' }[];
  }[];
}

/** Reads a `model.json` and the shards beside it, whose weights are not quantised. */
export function readTfjsGraph(path: string): TfjsGraph {
  const model = JSON.parse(readFileSync(path, 'utf8')) as ModelJson;
  const constants = new Map<string, Constant>();
  for (const { paths, weights } of model.weightsManifest) {
    const shards = Buffer.concat(paths.map((shard) => readFileSync(join(dirname(path), shard))));
    const { buffer } = Uint8Array.from(shards);
    let at = 0;
    for (const { name, shape, dtype } of weights) {
      const count = shape.reduce((product, side) => product * side, 1);
      const Numbers = dtype === 'float32' ? Float32Array : Int32Array;
      constants.set(name, { shape, data: new Numbers(buffer, at, count) });
      at += 4 * count;
    }
  }
  return { nodes: new Map(model.modelTopology.node.map((node) => [node.name, node])), constants };
}
