/**
 * The key is not a UUID. Carries GraphQL `extensions`, as the other errors here do, so that a resolver can let it
 * through as it is.
 */
export class InvalidIdempotencyKeyError extends Error {
  readonly extensions = { code: 'BAD_USER_INPUT', field: 'input.idempotencyKey' };

  constructor() {
    super('idempotencyKey must be a UUID.');
  }
}

/** The caller has used the key for the same operation with another input. */
export class IdempotencyKeyReusedError extends Error {
  readonly extensions = { code: 'IDEMPOTENCY_KEY_REUSED' };

  constructor() {
    super('This idempotency key was used with a different input.');
  }
}

/** The first request with the key is still running, so its outcome cannot be replayed yet. */
export class IdempotencyInProgressError extends Error {
  readonly extensions = { code: 'IDEMPOTENCY_IN_PROGRESS' };

  constructor() {
    super('The first request with this idempotency key is still running.');
  }
}
