/** The server gave no answer: it is off, or there is no network. */
export class ServerUnreachableError extends Error {
  override name = 'ServerUnreachableError';
}

/** The server wants a token, and another one than came. */
export class ServerTokenError extends Error {
  override name = 'ServerTokenError';
}

/** The server refused a job, or began it and failed. */
export class RemoteJobError extends Error {
  override name = 'RemoteJobError';
  /** True when the same request may well succeed at another try. */
  readonly isRetryable: boolean;

  constructor(message: string, isRetryable: boolean) {
    super(message);
    this.isRetryable = isRetryable;
  }
}

/** What a person is told when the token is missing or wrong. */
export const WRONG_TOKEN = 'The server asks for a token, and this one is not right: set it in the settings.';
