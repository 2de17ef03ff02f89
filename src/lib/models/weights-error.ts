/** Weights could not be fetched, or are not to be had. */
export class WeightsError extends Error {
  override name = 'WeightsError';
}

/** What came is not what the manifest promises, or no ONNX file; it was thrown away. */
export class WeightsCorruptError extends Error {
  override name = 'WeightsCorruptError';
}
