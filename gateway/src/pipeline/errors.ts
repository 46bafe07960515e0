import { maskError } from '@marquee/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { withoutSuggestions } from '../protection/introspection.ts';
import { isTokenLimit, type OperationLimits, tooLarge } from '../protection/limits.ts';

export interface ErrorFormat {
  readonly limits: OperationLimits;
  /** Whether validation errors may name fields that were perhaps meant. */
  readonly suggestions: boolean;
}

/** Writes errors as clients read them: Apollo Server's `formatError`. */
export function errorFormatter({
  limits,
  suggestions,
}: ErrorFormat): (formatted: GraphQLFormattedError, error?: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    if (isUncodedRefusal(error)) return maskError({ ...formatted, extensions: { code: 'BAD_USER_INPUT' } });
    if (formatted.extensions?.['code'] === 'GRAPHQL_PARSE_FAILED' && isTokenLimit(formatted)) {
      return maskError(tooLarge('maxTokens', limits.maxTokens));
    }
    const shown = maskError(formatted);
    return suggestions ? shown : { ...shown, message: withoutSuggestions(shown.message) };
  };
}

/** Names the request in errors that hide their cause, so that whoever reports one has it found in the log. */
export function nameTrace<Errors extends readonly GraphQLFormattedError[]>(errors: Errors, traceId: string): Errors {
  for (const { extensions } of errors) {
    if (extensions?.['code'] === 'INTERNAL_SERVER_ERROR') extensions['traceId'] ??= traceId;
  }
  return errors;
}

/** Apollo Server refuses some requests, such as one whose hash is not its query's, by an HTTP status without a code. */
function isUncodedRefusal(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { status } = (error.extensions['http'] ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}
