import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '@marquee/telemetry';
import { refusal, statusOf } from '../protection/errors.ts';
import { codesOf } from '../telemetry/access-log.ts';
import type { RequestRecords } from '../telemetry/request-record.ts';
import { maskedError, publicError } from './masking.ts';

/** Answers what fails before GraphQL is reached in the form that GraphQL clients read. */
export function httpErrorHandler(log: Log, records: RequestRecords) {
  return async (error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply) => {
    const { trace, codes } = records.of(request);
    const [status, shown] = answerTo(error, trace.traceId);
    if (status >= 500) {
      log.error({ err: error, traceId: trace.traceId, url: request.url.split('?', 1)[0] }, 'a request failed');
    }
    codes.push(...codesOf([shown]));
    return sendErrors(reply, status, [shown]);
  };
}

function answerTo(error: FastifyError | GraphQLError, traceId: string): [status: number, shown: GraphQLFormattedError] {
  if (error instanceof GraphQLError) return [statusOf(error.extensions['code']) ?? 400, publicError(error, traceId)];
  const status = error.statusCode ?? 500;
  if (status >= 500) return [500, maskedError(traceId)];
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return [413, refusal('OPERATION_TOO_LARGE', 'The request body is too large.').toJSON()];
  }
  return [status, badInput(error)];
}

export function sendErrors(
  reply: FastifyReply,
  status: number,
  errors: readonly GraphQLFormattedError[],
): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ errors }));
}

const MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is not valid JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "The request body's media type must be application/json.",
};

function badInput(error: FastifyError): GraphQLFormattedError {
  const message = MESSAGES[error.code] ?? 'The request is not valid.';
  return { message, extensions: { code: 'BAD_USER_INPUT' } };
}
