/** A model's inputs or outputs have none of the forms of a detector that are known here. */
export class ModelHeadError extends Error {
  override name = 'ModelHeadError';
}
