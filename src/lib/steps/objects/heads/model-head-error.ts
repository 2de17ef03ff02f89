/** The inputs or outputs of a model match no known kind of detector. */
export class ModelHeadError extends Error {
  override name = 'ModelHeadError';
}
