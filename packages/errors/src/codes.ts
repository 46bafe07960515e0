/** A code of the error contract: a row of docs/errors.md. */
export interface ErrorRow {
  /** When the code occurs, and its further extensions. */
  readonly description: string;
  /** The HTTP status when the whole request fails with it; a response with data has 200. */
  readonly status: number;
  /** The default message; tells a person what to do. */
  readonly message: string;
  /** Whether clients see the error; otherwise it is masked as INTERNAL_SERVER_ERROR. */
  readonly isPublic: boolean;
  /** Whether the gateway forwards it from a subgraph; otherwise it is masked there. */
  readonly passesGateway: boolean;
}

const ROWS = {
  UNAUTHENTICATED: {
    description: 'The access token is malformed, expired or revoked, or a subgraph needs a signed-in caller.',
    status: 401,
    message: 'Sign in to do this.',
    isPublic: true,
    passesGateway: true,
  },
  UNAUTHORIZED_FIELD_OR_TYPE: {
    description:
      "The caller is not signed in, or lacks what the field's directive asks for, which the message says. The field is null, the rest is answered.",
    status: 403,
    message: 'Sign in with an account that has access to this field.',
    isPublic: true,
    passesGateway: true,
  },
  FORBIDDEN: {
    description:
      "A policy denies access to this object, such as another customer's booking. `extensions.reason` `REAUTHENTICATION_REQUIRED`: the person first confirms who they are.",
    status: 403,
    message: 'You are not allowed to do this.',
    isPublic: true,
    passesGateway: true,
  },
  BAD_USER_INPUT: {
    description: 'An argument has the right type and an invalid value. `extensions.field` is its path.',
    status: 400,
    message: 'Correct the request and send it again.',
    isPublic: true,
    passesGateway: true,
  },
  NOT_FOUND: {
    description: 'A mutation names an id that does not exist for this caller. Queries answer null instead.',
    status: 404,
    message: 'This does not exist. Check the id.',
    isPublic: true,
    passesGateway: true,
  },
  IDEMPOTENCY_KEY_REUSED: {
    description: 'The idempotency key was used with another input.',
    status: 409,
    message: 'This idempotency key was used with a different input. Send a new key.',
    isPublic: true,
    passesGateway: true,
  },
  IDEMPOTENCY_IN_PROGRESS: {
    description: 'The first request with the idempotency key is still running.',
    status: 409,
    message: 'The first request with this idempotency key is still running. Send it again in a moment.',
    isPublic: true,
    passesGateway: true,
  },
  RATE_LIMITED: {
    description: 'Too many requests or attempts. `extensions.retryAfterSeconds` tells when to try again.',
    status: 429,
    message: 'Too many attempts. Try again later.',
    isPublic: true,
    passesGateway: true,
  },
  OPERATION_TOO_EXPENSIVE: {
    description: 'The estimated cost is above the limit. `extensions.cost` has `estimated` and `max`.',
    status: 400,
    message: 'The operation is too expensive. Ask for fewer items or fields.',
    isPublic: true,
    passesGateway: true,
  },
  OPERATION_TOO_LARGE: {
    description:
      'The document or body exceeds a limit, which `extensions.limit` and `max` name if it is a configured one.',
    status: 413,
    message: 'The operation selects too much. Split it into smaller ones.',
    isPublic: true,
    passesGateway: true,
  },
  OPERATION_NOT_REGISTERED: {
    description: 'Safelisting is on, and the operation is not registered.',
    status: 403,
    message: 'This operation is not registered. Register it or update the app.',
    isPublic: true,
    passesGateway: false,
  },
  SUBGRAPH_UNAVAILABLE: {
    description: 'A subgraph is unavailable. `extensions.subgraph` names it; only its fields are null.',
    status: 503,
    message: 'Part of this is not available right now. Try again in a moment.',
    isPublic: true,
    passesGateway: true,
  },
  SUBSCRIPTION_TOKEN_EXPIRED: {
    description: 'A live subscription ends because its access token has expired.',
    status: 401,
    message: 'The access token of this subscription has expired. Subscribe again with a new one.',
    isPublic: true,
    passesGateway: false,
  },
  SUBSCRIPTION_SCHEMA_RELOAD: {
    description: 'A live subscription ends because its part of the schema has changed.',
    status: 503,
    message: 'The schema behind this subscription has changed. Subscribe again.',
    isPublic: true,
    passesGateway: false,
  },
  GRAPHQL_PARSE_FAILED: {
    description:
      'The document is not GraphQL. `locations` says where. To clients of `application/json` the status is 200.',
    status: 400,
    message: 'Correct the syntax of the operation.',
    isPublic: true,
    passesGateway: false,
  },
  GRAPHQL_VALIDATION_FAILED: {
    description:
      'The document is invalid against the schema. `locations` says where. To clients of `application/json` the status is 200.',
    status: 400,
    message: 'Correct the operation: it does not fit the schema.',
    isPublic: true,
    passesGateway: false,
  },
  PERSISTED_QUERY_NOT_FOUND: {
    description: 'The hash of a persisted query is unknown. Client libraries then send the document.',
    status: 200,
    message: 'PersistedQueryNotFound',
    isPublic: true,
    passesGateway: false,
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    description: 'Persisted queries are turned off. Client libraries then send the document.',
    status: 200,
    message: 'PersistedQueryNotSupported',
    isPublic: true,
    passesGateway: false,
  },
  INTERNAL_SERVER_ERROR: {
    description: 'Any other error. `extensions.traceId` finds the cause in the log; the client sees nothing of it.',
    status: 500,
    message: 'Something went wrong on our side. Try again later.',
    isPublic: false,
    passesGateway: false,
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type ErrorCode = keyof typeof ROWS;

/** Every value of `extensions.code`. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorRow>> = ROWS;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/** Whether clients see an error of this code. */
export function isPublic(code: unknown): boolean {
  return isErrorCode(code) && ERROR_CODES[code].isPublic;
}

/** Whether the gateway forwards an error of this code from a subgraph. */
export function passesGateway(code: unknown): boolean {
  return isErrorCode(code) && ERROR_CODES[code].passesGateway;
}

/** The HTTP status when the whole request fails with this code. */
export function statusOf(code: unknown): number {
  return ERROR_CODES[isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR'].status;
}

/** The HTTP status when the whole request fails with these errors: that of the most severe. */
export function statusOfErrors(errors: readonly { readonly extensions?: { readonly code?: unknown } }[]): number {
  return Math.max(...errors.map(({ extensions }) => statusOf(extensions?.code)));
}
