import { type Log, traceOf } from '@marquee/telemetry';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Answers what fails before GraphQL is reached in the form that GraphQL clients read. */
export function httpErrorHandler(log: Log) {
  return async (error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply) => {
    if (error instanceof GraphQLError) return send(reply, 401, error.toJSON());
    const status = error.statusCode ?? 500;
    if (status === 413) return send(reply, status, coded('OPERATION_TOO_LARGE', 'The request body is too large.'));
    if (status < 500) return send(reply, status, coded('BAD_USER_INPUT', 'The request is not valid.'));
    const { traceId } = traceOf(request.headers['traceparent']);
    log.error({ err: error, traceId, url: request.url }, 'a request failed');
    const { message, extensions } = coded('INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
    return send(reply, 500, { message, extensions: { ...extensions, traceId } });
  };
}

function coded(code: string, message: string): GraphQLFormattedError {
  return { message, extensions: { code } };
}

function send(reply: FastifyReply, status: number, error: GraphQLFormattedError): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [error] }));
}
