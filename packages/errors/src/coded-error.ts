import { ERROR_CODES, type ErrorCode } from './codes.ts';

type Extensions = Readonly<Record<string, unknown>>;

/** An error with a code of the contract. Independent of GraphQL, so that domains may throw it. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly extensions: Extensions & { readonly code: ErrorCode };

  /** @param message the code's default message if absent */
  constructor(code: ErrorCode, message?: string, extensions: Extensions = {}, options?: ErrorOptions) {
    super(message ?? ERROR_CODES[code].message, options);
    this.extensions = { ...extensions, code };
  }
}

/** Whether an error carries a code: a {@link CodedError}, or a library's GraphQL error. */
export function isCoded(
  error: unknown,
): error is Error & { readonly extensions: Extensions & { readonly code: string } } {
  if (!(error instanceof Error) || !('extensions' in error)) return false;
  const { extensions } = error as { extensions?: { code?: unknown } | null };
  return typeof extensions?.code === 'string';
}

/** An argument of the right type with an invalid value. @param field the argument's path, such as `input.seatIds` */
export function badInput(field: string, message: string): CodedError {
  return new CodedError('BAD_USER_INPUT', message, { field });
}

/** A mutation on an id that does not exist for this caller. @param what the kind of thing, such as `hold` */
export function notFound(what: string): CodedError {
  return new CodedError('NOT_FOUND', `There is no such ${what}.`);
}

/** A policy denies the caller access to this object. */
export function forbidden(message?: string): CodedError {
  return new CodedError('FORBIDDEN', message);
}

/** The operation requires a signed-in caller, or the credential is invalid. */
export function unauthenticated(message?: string): CodedError {
  return new CodedError('UNAUTHENTICATED', message);
}

/** Too many attempts. @param retryAfterSeconds when another attempt may succeed */
export function rateLimited(retryAfterSeconds: number, message?: string): CodedError {
  return new CodedError('RATE_LIMITED', message, { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)) });
}

/** A subgraph is unreachable. */
export function unavailable(subgraph: string, options?: ErrorOptions): CodedError {
  return new CodedError('SUBGRAPH_UNAVAILABLE', undefined, { subgraph }, options);
}
