import { answerHttpError, statusOfErrors } from '@marquee/errors';
import type { Log } from '@marquee/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { codesOf } from '../telemetry/access-log.ts';
import { JSON_TYPE, mediaTypeFor } from './media-type.ts';
import { lingerOnRefusedBody } from './refused-bodies.ts';
import type { RequestRecords } from './request-records.ts';

/** Sends errors from outside GraphQL in the format of a GraphQL response. */
export function httpErrorHandler(log: Log, records: RequestRecords) {
  return async (err: Error, request: FastifyRequest, reply: FastifyReply) => {
    lingerOnRefusedBody(request.raw);
    const { trace, codes } = records.of(request);
    const { status, error } = answerHttpError(err, trace.traceId);
    if (status >= 500) {
      log.error({ err, traceId: trace.traceId, url: request.url.split('?', 1)[0] }, 'a request failed');
    }
    codes.push(...codesOf([error]));
    const body = errorResponse([error], reply);
    const type = mediaTypeFor(request.headers.accept) ?? JSON_TYPE;
    return reply.code(status).type(type).send(body);
  };
}

/** The response to an operation that was not executed. */
export function errorResponse(errors: readonly GraphQLFormattedError[], reply: FastifyReply): string {
  const { retryAfterSeconds } = errors[0]?.extensions ?? {};
  if (typeof retryAfterSeconds === 'number') void reply.header('retry-after', String(retryAfterSeconds));
  void reply.code(statusOfErrors(errors));
  return JSON.stringify({ errors });
}
