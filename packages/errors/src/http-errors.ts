import { statusOf } from './codes.ts';
import { CodedError, isCoded } from './coded-error.ts';
import { type ClientError, maskError } from './masking.ts';

export interface HttpErrorAnswer {
  readonly status: number;
  readonly error: ClientError;
}

/** Fastify's error for a request that it rejects. */
interface HttpError {
  readonly code?: string;
  readonly statusCode?: number;
}

const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The address is not a valid URL.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty. Send a GraphQL request as JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The request body's media type must be application/json.",
};

/** The response to a request that fails before GraphQL is reached, in the format of a GraphQL error. */
export function answerHttpError(error: unknown, traceId: string): HttpErrorAnswer {
  if (isCoded(error)) return answerOf(error, traceId);
  const { code = '', statusCode = 500 } = error as HttpError;
  if (statusCode >= 500) return answerOf(error, traceId);
  if (statusCode === 413) {
    return answerOf(
      new CodedError('OPERATION_TOO_LARGE', 'The request body is too large. Send less at once.'),
      traceId,
    );
  }
  return { ...answerOf(new CodedError('BAD_USER_INPUT', MESSAGES[code]), traceId), status: statusCode };
}

function answerOf(failure: unknown, traceId: string): HttpErrorAnswer {
  const error = maskError(failure, traceId);
  return { status: statusOf(error.extensions.code), error };
}
