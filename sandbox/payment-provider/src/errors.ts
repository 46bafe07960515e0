/** A refusal that the caller of the API is told: an HTTP status and `{ error: { code, message } }`. */
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
  return new ApiError(404, 'not_found', `There is no such ${what}.`);
}

export function keyReused(): ApiError {
  return new ApiError(409, 'idempotency_key_reused', 'This Idempotency-Key was used with another request.');
}
