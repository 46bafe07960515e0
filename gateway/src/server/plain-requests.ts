import { isCoded } from '@marquee/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Engine, KnownOperation } from '../engine/api.ts';
import { SerializedData, serializedResponse } from '../executor/answer.ts';
import type { Answer } from '../executor/prepared-operation.ts';
import type { Variables } from '../operation/operation-request.ts';
import { hashOfDocumentId, isGiven, isRecord } from '../pipeline/graphql-request.ts';
import type { OperationPipeline } from '../pipeline/operation-pipeline.ts';
import type { RequestedOperation } from '../pipeline/requested-operation.ts';
import type { PersistedQueries } from '../protection/persisted-queries.ts';
import { errorResponse } from './http-errors.ts';
import { type HttpRequestOptions, httpRequest } from './http-request.ts';
import { mediaTypeFor } from './media-type.ts';
import type { HttpRecord } from './request-records.ts';

export interface PlainRequestsOptions extends HttpRequestOptions {
  readonly engine: Engine;
  readonly pipeline: OperationPipeline;
  readonly persistedQueries: PersistedQueries | false;
}

/** A request with only a compiled operation, or its document identifier, and variables. */
export interface PlainRequest extends RequestedOperation {
  readonly known: KnownOperation;
  /** Media type of the response. */
  readonly contentType: string;
}

/**
 * Fast path for most requests: a JSON POST of one operation that is already compiled.
 *
 * Apollo Server handles everything else in GraphQL over HTTP (new documents, automatic persisted queries, batches, GET). It
 * takes as long as the execution itself. The response is byte for byte the one of Apollo Server.
 */
export class PlainRequests {
  readonly #options: PlainRequestsOptions;

  constructor(options: PlainRequestsOptions) {
    this.#options = options;
  }

  /** @returns undefined when the request is not plain */
  read({ method, headers, body }: FastifyRequest): PlainRequest | undefined {
    if (method !== 'POST' || !isJson(headers['content-type']) || !isRecord(body)) return undefined;
    const { operationName = null, variables, extensions } = body;
    const query = this.#queryOf(body);
    if (typeof query !== 'string' || isGiven(extensions)) return undefined;
    if (operationName !== null && typeof operationName !== 'string') return undefined;
    if (isGiven(variables) && !isRecord(variables)) return undefined;
    const contentType = mediaTypeFor(headers.accept);
    if (contentType === undefined) return undefined;
    const known = this.#options.engine.current().known(query, operationName);
    if (known === undefined) return undefined;
    const { document, kind, name } = known;
    const given = isRecord(variables) ? variables : NO_VARIABLES;
    return { query, document, kind, name, operationName, variables: given, known, contentType };
  }

  /** @returns the body of the response, also of an error. @throws an error without a code, for the error handler */
  async answer(plain: PlainRequest, reply: FastifyReply, record: HttpRecord): Promise<Buffer | string> {
    void reply.header('content-type', plain.contentType);
    const { pipeline } = this.#options;
    const release = plain.known.retain();
    try {
      const request = httpRequest(record, this.#options);
      let answer: Answer | undefined;
      try {
        const checked = pipeline.check(plain, request);
        if (checked) await checked;
        answer = await pipeline.run(plain, request);
      } finally {
        pipeline.record(plain, answer, request);
      }
      record.onSent = () => answer.release();
      return answer.errors.length === 0 ? answer.bytes : this.#withErrors(answer, reply, record);
    } catch (error) {
      if (!isCoded(error)) throw error;
      return errorResponse(pipeline.errors.reject(error, record), reply);
    } finally {
      release();
    }
  }

  #queryOf({ query, documentId }: Record<string, unknown>): unknown {
    if (documentId === undefined) return query;
    const { persistedQueries } = this.#options;
    if (typeof documentId !== 'string' || query || persistedQueries === false) return undefined;
    return persistedQueries.known(hashOfDocumentId(documentId));
  }

  #withErrors({ errors: all, response }: Answer, reply: FastifyReply, { trace }: HttpRecord): Buffer | string {
    const errors = this.#options.pipeline.errors.formatAll(all, trace.traceId);
    if (response === undefined) return errorResponse(errors, reply);
    return serializedResponse({ errors, data: new SerializedData(response) as never }) ?? '';
  }
}

const NO_VARIABLES: Variables = {};

function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || /^application\/json; *charset=utf-8$/i.test(contentType ?? '');
}
