/** An output of the graph: its shape and its numbers, row by row. */
export interface HeadTensor {
  dims: readonly number[];
  data: Float32Array;
}

/** The outputs of one run, by name. */
export type HeadOutputs = Readonly<Record<string, HeadTensor>>;
