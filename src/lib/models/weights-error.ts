/** Weights could not be downloaded, or nobody hosts them. */
export class WeightsError extends Error {
  override name = 'WeightsError';
}

/** The server can't be reached, for want of a network or of the server. */
export class WeightsUnreachableError extends WeightsError {
  override name = 'WeightsUnreachableError';
}

/** The server does not have these weights, or not in this version. */
export class WeightsNotFoundError extends WeightsError {
  override name = 'WeightsNotFoundError';
}

/** The content does not match the manifest, or is no ONNX file; it was deleted. */
export class WeightsCorruptError extends Error {
  override name = 'WeightsCorruptError';
}
