import { isCoded, maskError } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { RequestRejectedError } from '../operation/operation-request.ts';
import { withoutSuggestions } from '../protection/introspection.ts';
import { isTokenLimit, type OperationLimits, tooLarge } from '../protection/limits.ts';
import { codesOf } from '../telemetry/access-log.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';

export interface ClientErrorsOptions {
  readonly limits: OperationLimits;
  /** Whether validation errors may name fields that were perhaps meant. */
  readonly suggestions: boolean;
  readonly log: Log;
}

/** Errors as clients read them, whichever transport carries them. */
export class ClientErrors {
  readonly #options: ClientErrorsOptions;

  constructor(options: ClientErrorsOptions) {
    this.#options = options;
  }

  /** One error of a response. Also Apollo Server's `formatError`, which knows what was thrown. */
  readonly format = (formatted: GraphQLFormattedError, thrown?: unknown): GraphQLFormattedError => {
    if (isUncodedRefusal(thrown)) return maskError({ ...formatted, extensions: { code: 'BAD_USER_INPUT' } });
    if (formatted.extensions?.['code'] === 'GRAPHQL_PARSE_FAILED' && isTokenLimit(formatted)) {
      return maskError(tooLarge('maxTokens', this.#options.limits.maxTokens));
    }
    const shown = maskError(formatted);
    return this.#options.suggestions ? shown : { ...shown, message: withoutSuggestions(shown.message) };
  };

  formatAll(errors: readonly GraphQLFormattedError[], traceId: string): GraphQLFormattedError[] {
    const formatted = errors.map((error) => this.format(error));
    nameTrace(formatted, traceId);
    return formatted;
  }

  /** The errors of an operation that was refused or has failed. A failure of ours is logged with its cause. */
  refuse(error: unknown, { trace: { traceId }, codes }: RequestRecord): readonly GraphQLFormattedError[] {
    const isRejected = error instanceof RequestRejectedError;
    if (!isRejected && !isCoded(error)) this.#options.log.error({ err: error, traceId }, 'an operation failed');
    const errors = this.formatAll(isRejected ? error.errors : [maskError(error, traceId)], traceId);
    codes.push(...codesOf(errors));
    return errors;
  }
}

/** Names the request in errors that hide their cause, so that whoever reports one has it found in the log. */
export function nameTrace(errors: readonly GraphQLFormattedError[], traceId: string): void {
  for (const { extensions } of errors) {
    if (extensions?.['code'] === 'INTERNAL_SERVER_ERROR') extensions['traceId'] ??= traceId;
  }
}

/** Apollo Server refuses some requests, such as one whose hash is not its query's, by an HTTP status without a code. */
function isUncodedRefusal(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) return false;
  const { status } = (error.extensions['http'] ?? {}) as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500;
}
