/** A server refused to make, show or delete a link. The message says why. */
export class ShareError extends Error {
  override name = 'ShareError';
  /** HTTP status; 0 without an answer. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
