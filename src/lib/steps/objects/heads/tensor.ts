/** What a head reads of an output of the graph: shape and numbers, row by row. */
export interface HeadTensor {
  dims: readonly number[];
  data: Float32Array;
}

/** The outputs of one run by their names. */
export type HeadOutputs = Readonly<Record<string, HeadTensor>>;
