import { answerHttpError } from '@marquee/errors';
import { type Log, traceOf } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sends errors from outside GraphQL in the format of a GraphQL response. */
export function httpErrorHandler(log: Log) {
  return async (err: Error, request: FastifyRequest, reply: FastifyReply) => {
    const { traceId } = traceOf(request.headers['traceparent']);
    const { status, error } = answerHttpError(err, traceId);
    if (status >= 500) log.error({ err, traceId, url: request.url }, 'a request failed');
    return reply
      .code(status)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ errors: [error] }));
  };
}
