/** An error response of the API: an HTTP status and `{ error: { code, message } }`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, 'not_found', `This ${what} does not exist. Check the id.`);
}

export function keyReused(): ApiError {
  return new ApiError(
    409,
    'idempotency_key_reused',
    'This Idempotency-Key was used with another request. Send a new one.',
  );
}
