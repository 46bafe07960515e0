import { isCoded, maskError } from '@marquee/errors';
import { withoutValues } from '@marquee/input';
import type { Log } from '@marquee/telemetry';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { RequestRejectedError } from '../operation/operation-request.ts';
import { withoutSuggestions } from '../protection/introspection.ts';
import { isTokenLimit, type OperationLimits, tooLarge } from '../protection/limits.ts';
import { codesOf } from '../telemetry/access-log.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';

export interface ClientErrorsOptions {
  readonly limits: OperationLimits;
  /** Whether validation errors may suggest names ("Did you mean …?"). */
  readonly suggestions: boolean;
  readonly log: Log;
}

/** Formats errors for clients, the same over every transport. */
export class ClientErrors {
  readonly #options: ClientErrorsOptions;

  constructor(options: ClientErrorsOptions) {
    this.#options = options;
  }

  /** Formats one error. As Apollo Server's `formatError` it also gets the thrown error. */
  readonly format = (formatted: GraphQLFormattedError, thrown?: unknown): GraphQLFormattedError => {
    if (isUncodedClientError(thrown)) return maskError({ ...formatted, extensions: { code: 'BAD_USER_INPUT' } });
    if (formatted.extensions?.['code'] === 'GRAPHQL_PARSE_FAILED') {
      if (isTokenLimit(formatted)) return maskError(tooLarge('maxTokens', this.#options.limits.maxTokens));
      return maskError({ ...formatted, message: withoutValues(formatted.message) });
    }
    const shown = maskError(formatted);
    return this.#options.suggestions ? shown : { ...shown, message: withoutSuggestions(shown.message) };
  };

  formatAll(errors: readonly GraphQLFormattedError[], traceId: string): GraphQLFormattedError[] {
    const formatted = errors.map((error) => this.format(error));
    nameTrace(formatted, traceId);
    return formatted;
  }

  /** The errors of an operation that was rejected or failed. An internal failure is logged with its cause. */
  reject(error: unknown, { trace: { traceId }, codes }: RequestRecord): readonly GraphQLFormattedError[] {
    const errors = this.formatAll(this.errorsOf(error, traceId), traceId);
    codes.push(...codesOf(errors));
    return errors;
  }

  /** The errors of an operation that cannot be prepared or executed. A cause that they hide is logged. */
  errorsOf(error: unknown, traceId: string): readonly GraphQLFormattedError[] {
    this.logHidden(error, traceId);
    return error instanceof RequestRejectedError ? error.errors : [maskError(error, traceId)];
  }

  /** Logs an error that clients see masked, or the cause that it hides. */
  logHidden(error: unknown, traceId: string): void {
    const err = error instanceof RequestRejectedError ? error.cause : isCoded(error) ? undefined : error;
    if (err !== undefined) this.#options.log.error({ err, traceId }, 'an operation failed');
  }
}

/** Adds the trace id to masked errors, so that their cause can be found in the log. */
export function nameTrace(errors: readonly GraphQLFormattedError[], traceId: string): void {
  for (const { extensions } of errors) {
    if (extensions?.['code'] === 'INTERNAL_SERVER_ERROR') extensions['traceId'] ??= traceId;
  }
}

/** Apollo Server rejects some requests, such as a wrong persisted-query hash, with an HTTP status but no code. */
function isUncodedClientError(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { status } = (error.extensions['http'] ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}
