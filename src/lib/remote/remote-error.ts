/** The server did not answer: it is off, or there is no network. */
export class ServerUnreachableError extends Error {
  override name = 'ServerUnreachableError';
}

/** The server requires a token, and the token is missing or wrong. */
export class ServerTokenError extends Error {
  override name = 'ServerTokenError';
}

/** The server refused a job, or began it and failed. */
export class RemoteJobError extends Error {
  override name = 'RemoteJobError';
  /** True when the same request may succeed later. */
  readonly isRetryable: boolean;

  constructor(message: string, isRetryable: boolean) {
    super(message);
    this.isRetryable = isRetryable;
  }
}

/** The message for a missing or wrong token. */
export const WRONG_TOKEN = 'The server asks for a token, and this one is not right: set it in the settings.';
