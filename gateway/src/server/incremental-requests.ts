import { isCoded } from '@marquee/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { OperationReader, RequestedOperation } from '../pipeline/requested-operation.ts';
import { requestParameters } from '../subscriptions/streamed-requests.ts';
import { disconnection } from '../subscriptions/stream-head.ts';
import { errorResponse } from './http-errors.ts';
import { type HttpRequestOptions, httpRequest } from './http-request.ts';
import { type IncrementalFormat, incrementalFormatFor } from './incremental-formats.ts';
import type { HttpRecord } from './request-records.ts';
import { ResponseInParts } from './response-in-parts.ts';

export interface IncrementalRequestsOptions extends HttpRequestOptions {
  readonly pipeline: OperationPipeline;
  readonly reader: OperationReader;
}

/** A request whose response the client accepts in parts. */
export interface IncrementalRequest {
  readonly format: IncrementalFormat;
  readonly operation: RequestedOperation;
}

const DEFER = /@\s*defer\b/;

/** Responds to operations with `@defer` in parts: the first when its fetches have ended, the deferred ones later. */
export class IncrementalRequests {
  readonly #options: IncrementalRequestsOptions;

  constructor(options: IncrementalRequestsOptions) {
    this.#options = options;
  }

  /** @returns undefined when the response is a single one, also for a request that cannot be read */
  async read(received: FastifyRequest): Promise<IncrementalRequest | undefined> {
    const format = incrementalFormatFor(received.headers.accept);
    if (format === undefined || Array.isArray(received.body)) return undefined;
    try {
      const parameters = requestParameters(received);
      const operation = await this.#options.reader.read(parameters);
      const isQuery = operation.kind === 'query' || (operation.kind === 'mutation' && received.method === 'POST');
      return isQuery && DEFER.test(operation.query) ? { format, operation } : undefined;
    } catch (error) {
      if (isCoded(error)) return undefined;
      throw error;
    }
  }

  /** @returns the body of an error; undefined when the response was sent in parts */
  async answer(incremental: IncrementalRequest, reply: FastifyReply, record: HttpRecord): Promise<string | undefined> {
    const { errors } = this.#options.pipeline;
    const signal = disconnection(reply);
    void reply.header('content-type', 'application/json; charset=utf-8');
    try {
      const request = { ...httpRequest(record, this.#options), signal };
      const response = await this.#run(incremental, request, reply);
      return reply.sent ? undefined : errorResponse(errors.formatAll(response.errors, record.trace.traceId), reply);
    } catch (error) {
      if (!isCoded(error) && !reply.sent) throw error;
      const shown = errors.reject(error, record);
      if (!reply.sent) return errorResponse(shown, reply);
      // Without its closing delimiter, the client knows that the response is incomplete.
      reply.raw.destroy();
      return undefined;
    }
  }

  async #run(
    { format, operation }: IncrementalRequest,
    request: GatewayRequest,
    reply: FastifyReply,
  ): Promise<ResponseInParts> {
    const { pipeline } = this.#options;
    let response: ResponseInParts | undefined;
    try {
      await pipeline.check(operation, request);
      return await pipeline.inSpan(operation, request, async (own) => {
        const answer = await pipeline.start(operation, own, format.fields);
        response = new ResponseInParts({ answer, format, operation, request: own, pipeline });
        if (answer.first.response !== undefined) await response.send(reply);
        return response;
      });
    } finally {
      if (response) response.record();
      else pipeline.record(operation, undefined, request);
    }
  }
}
