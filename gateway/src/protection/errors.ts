import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

/** The codes with which protection refuses a request, and the HTTP status of each. */
const STATUS = {
  UNAUTHENTICATED: 401,
  OPERATION_NOT_REGISTERED: 403,
  OPERATION_TOO_LARGE: 413,
  OPERATION_TOO_EXPENSIVE: 400,
  RATE_LIMITED: 429,
} as const;

type RefusalCode = Exclude<keyof typeof STATUS, 'UNAUTHENTICATED'>;

/** An operation that is refused before anything of it runs. */
export function refusal(code: RefusalCode, message: string, extensions: GraphQLErrorExtensions = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

/** The HTTP status of a request that failed as a whole with `code`, or undefined where GraphQL over HTTP decides. */
export function statusOf(code: unknown): number | undefined {
  return typeof code === 'string' && code in STATUS ? STATUS[code as keyof typeof STATUS] : undefined;
}
