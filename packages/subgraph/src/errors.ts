/** The codes that clients may see in `extensions.code`; any other failure is masked as INTERNAL_SERVER_ERROR. */
export const PUBLIC_CODES: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_IN_PROGRESS',
  'RATE_LIMITED',
  'OPERATION_TOO_EXPENSIVE',
  'OPERATION_TOO_LARGE',
  'OPERATION_NOT_REGISTERED',
  'SUBGRAPH_UNAVAILABLE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/**
 * A failure that the caller is told by its code.
 *
 * Free of GraphQL, so that the domain may throw it. Any error that carries `extensions.code` out of
 * {@link PUBLIC_CODES} is treated alike.
 */
export class CodedError extends Error {
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };

  constructor(code: string, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'CodedError';
    this.extensions = { ...extensions, code };
  }
}

/** An argument that is well typed and wrong. @param field the argument's path, such as `input.seatIds` */
export function badInput(field: string, message: string): CodedError {
  return new CodedError('BAD_USER_INPUT', message, { field });
}

/** A mutation on an id that does not exist for this caller. @param what the kind of thing, such as `hold` */
export function notFound(what: string): CodedError {
  return new CodedError('NOT_FOUND', `There is no such ${what}.`);
}

/** A rule about this very object denies the caller. */
export function forbidden(message = 'You are not allowed to do this.'): CodedError {
  return new CodedError('FORBIDDEN', message);
}

/** The operation needs a signed-in caller. */
export function unauthenticated(message = 'Sign in to do this.'): CodedError {
  return new CodedError('UNAUTHENTICATED', message);
}

/** Too many attempts. @param retryAfterSeconds when another attempt may succeed */
export function rateLimited(retryAfterSeconds: number, message = 'Too many attempts: try again later.'): CodedError {
  return new CodedError('RATE_LIMITED', message, { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)) });
}

/**
 * An expected failure: a member of a mutation's result union that implements the schema's `UserError`.
 *
 * Its `message` is shown to the person; further public properties become the type's fields.
 */
export abstract class UserError extends Error {
  abstract readonly __typename: string;
}

type ErrorClass<E extends UserError> = abstract new (...args: never[]) => E;

/** An expected failure as data: GraphQL would throw an instance of Error. */
export type UnionMember<E extends UserError> = E extends UserError ? Omit<E, 'name' | 'stack' | 'cause'> : never;

/**
 * Runs a use case and turns the listed expected failures into members of the result union.
 *
 * Everything else is thrown on. Listing an error whose `__typename` the schema's union lacks does not compile,
 * since the resolver's type refuses it.
 */
export async function resultOf<Payload, const Expected extends readonly ErrorClass<UserError>[]>(
  expected: Expected,
  run: () => Promise<Payload>,
): Promise<Payload | UnionMember<InstanceType<Expected[number]>>> {
  try {
    return await run();
  } catch (error) {
    for (const errorClass of expected) {
      if (error instanceof errorClass) return { ...(error as InstanceType<Expected[number]>), message: error.message };
    }
    throw error;
  }
}
