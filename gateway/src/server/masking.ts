import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { withoutSuggestions } from '../protection/introspection.ts';
import { isTokenLimit, type OperationLimits, tooLarge } from '../protection/limits.ts';

/** Codes that the server's own machinery gives and clients know under another name. */
const RENAMED: Readonly<Record<string, string>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

export const INTERNAL_ERROR_MESSAGE = 'Internal server error';

/** What a client reads of a failure that is nobody's business: only where the log tells more. */
export function maskedError(traceId: string): GraphQLFormattedError {
  return { message: INTERNAL_ERROR_MESSAGE, extensions: { code: 'INTERNAL_SERVER_ERROR', traceId } };
}

/** The error as the client may read it; a failure that carries no code of ours is masked. */
export function publicError(error: unknown, traceId: string): GraphQLFormattedError {
  if (!(error instanceof GraphQLError) || typeof error.extensions['code'] !== 'string') return maskedError(traceId);
  const { message, path, locations, extensions } = error.toJSON();
  return {
    message,
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: extensions ?? {},
  };
}

export interface ErrorFormat {
  readonly limits: OperationLimits;
  /** Whether validation errors may name fields that were perhaps meant. */
  readonly suggestions: boolean;
}

/** Apollo Server's `formatError`: renames, masks, and drops what belongs to HTTP or to the log. */
export function errorFormatter({
  limits,
  suggestions,
}: ErrorFormat): (formatted: GraphQLFormattedError, error?: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { http: _http, stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
    const code = isUncodedRefusal(error) ? 'BAD_USER_INPUT' : extensions['code'];
    if (code === 'GRAPHQL_PARSE_FAILED' && isTokenLimit(formatted))
      return tooLarge('maxTokens', limits.maxTokens).toJSON();
    if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR') {
      const { traceId } = extensions;
      return {
        message: INTERNAL_ERROR_MESSAGE,
        ...(formatted.path ? { path: formatted.path } : {}),
        extensions: { code: 'INTERNAL_SERVER_ERROR', ...(traceId === undefined ? {} : { traceId }) },
      };
    }
    const message = suggestions ? formatted.message : withoutSuggestions(formatted.message);
    return { ...formatted, message, extensions: { ...extensions, code: RENAMED[code] ?? code } };
  };
}

/** Apollo Server refuses some requests, such as one whose hash is not its query's, by an HTTP status without a code. */
function isUncodedRefusal(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { status } = (error.extensions['http'] ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}
