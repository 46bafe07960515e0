import { answerHttpError, statusOfErrors } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { codesOf } from '../telemetry/access-log.ts';
import type { RequestRecords } from './request-records.ts';

/** Sends errors from outside GraphQL in the format of a GraphQL response. */
export function httpErrorHandler(log: Log, records: RequestRecords) {
  return async (err: Error, request: FastifyRequest, reply: FastifyReply) => {
    const { trace, codes } = records.of(request);
    const { status, error } = answerHttpError(err, trace.traceId);
    if (status >= 500) {
      log.error({ err, traceId: trace.traceId, url: request.url.split('?', 1)[0] }, 'a request failed');
    }
    codes.push(...codesOf([error]));
    return sendErrors(reply, status, [error]);
  };
}

export function sendErrors(
  reply: FastifyReply,
  status: number,
  errors: readonly GraphQLFormattedError[],
): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ errors }));
}

/** The response to an operation that was not executed. */
export function errorResponse(errors: readonly GraphQLFormattedError[], reply: FastifyReply): string {
  const { retryAfterSeconds } = errors[0]?.extensions ?? {};
  if (typeof retryAfterSeconds === 'number') void reply.header('retry-after', String(retryAfterSeconds));
  void reply.code(statusOfErrors(errors));
  return JSON.stringify({ errors });
}
