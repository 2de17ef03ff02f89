/** The library's names of the precisions at the end of graph names. */
const BY_ENDING: Record<string, Precision> = {
  fp16: 'fp16',
  quantized: 'q8',
  int8: 'int8',
  uint8: 'uint8',
  q4: 'q4',
  q4f16: 'q4f16',
  bnb4: 'bnb4',
};
export type Precision = 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'q4f16' | 'bnb4';

/** The precision of each graph by its path: `onnx/embed_tokens_fp16.onnx` is the graph `embed_tokens` in `fp16`. */
export function precisions(paths: readonly string[]): Record<string, Precision> {
  const graphs = paths.filter((path) => path.endsWith('.onnx'));
  return Object.fromEntries(
    graphs.map((path): [string, Precision] => {
      const name = path.split('/').at(-1)!.slice(0, -'.onnx'.length);
      const cut = name.lastIndexOf('_');
      const precision = BY_ENDING[name.slice(cut + 1)];
      return precision ? [name.slice(0, cut), precision] : [name, 'fp32'];
    }),
  );
}
