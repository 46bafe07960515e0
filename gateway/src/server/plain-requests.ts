import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCoded, maskError, statusOf, statusOfErrors } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import type { Tracer } from '@marquee/telemetry';
import { answer, WrittenData, writtenResponse } from '../executor/answer.ts';
import type { OperationCheck } from '../protection/checks.ts';
import type { DemandControl } from '../protection/cost/demand-control.ts';
import { operationInSpan } from '../telemetry/operation-span.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import type { Answer, PreparedOperation } from '../executor/prepared-operation.ts';
import type { Engine, KnownOperation } from '../engine/api.ts';
import { type OperationKind, RequestRejectedError, type Variables } from '../operation/operation-request.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import { type ContextOptions, type GatewayContext, httpContext } from './context.ts';
import { type ErrorFormat, errorFormatter } from '../pipeline/errors.ts';
import { noteErrors, noteOperation } from '../pipeline/note.ts';
import { isGiven, isRecord } from '../pipeline/graphql-request.ts';

export interface PlainRequestsOptions extends ContextOptions, ErrorFormat {
  readonly engine: Engine;
  readonly check: OperationCheck;
  readonly demand: DemandControl | undefined;
  readonly usage: SchemaUsage | undefined;
  readonly onOperation: (type: OperationKind | undefined, isWhole: boolean) => void;
  readonly tracer: Tracer | undefined;
}

/** A request that is nothing but a known operation and its variables. */
export interface PlainRequest {
  readonly operation: KnownOperation;
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Variables;
  /** Of the response. */
  readonly contentType: string;
}

/**
 * Answers what nearly all requests are: POST with one operation as JSON, which was asked before.
 *
 * All that GraphQL over HTTP leaves open (documents that are wrong, persisted queries, batches, GET) is Apollo Server's;
 * a plain request leaves nothing open, and going through that machinery would take as long as its execution. It is
 * answered byte for byte as Apollo Server would.
 */
export class PlainRequests {
  readonly #options: PlainRequestsOptions;
  readonly #format: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly #contentTypes = new LRUCache<string, string>({ max: 100 });

  constructor(options: PlainRequestsOptions) {
    this.#options = options;
    this.#format = errorFormatter(options);
  }

  /** @returns nothing when the request is not plain. */
  read({ method, headers, body }: FastifyRequest): PlainRequest | undefined {
    if (method !== 'POST' || !isJson(headers['content-type']) || !isRecord(body)) return undefined;
    const { query, operationName = null, variables, extensions } = body;
    if (typeof query !== 'string' || isGiven(extensions)) return undefined;
    if (operationName !== null && typeof operationName !== 'string') return undefined;
    if (isGiven(variables) && !isRecord(variables)) return undefined;
    const contentType = this.#contentType(headers.accept);
    if (contentType === undefined) return undefined;
    const operation = this.#options.engine.current().known(query, operationName);
    const given = isRecord(variables) ? variables : NO_VARIABLES;
    return operation && { operation, query, operationName, variables: given, contentType };
  }

  /** @returns the body of the response, refusals included. @throws what is a failure of ours */
  async answer(
    plain: PlainRequest,
    request: FastifyRequest,
    reply: FastifyReply,
    record: RequestRecord,
  ): Promise<Buffer | string> {
    void reply.header('content-type', plain.contentType);
    const release = plain.operation.hold();
    try {
      const context = await httpContext(request, record, this.#options);
      return await this.#run(plain, context, reply);
    } catch (error) {
      if (error instanceof RequestRejectedError)
        return this.#withErrors(answer(undefined, error.errors), reply, record);
      if (isCoded(error)) return this.#refuse(error, reply, record);
      throw error;
    } finally {
      release();
    }
  }

  async #run(plain: PlainRequest, context: GatewayContext, reply: FastifyReply): Promise<Buffer | string> {
    const { operation, query, operationName, variables } = plain;
    const { document, kind, name } = operation;
    const { client, record } = context;
    const { caller } = context.identity;
    const { check, usage, demand, onOperation } = this.#options;
    let isWhole = false;
    noteOperation(name, context);
    try {
      const pending = check({ query, document, operationName, variables, caller, client });
      if (pending) await pending;
      const prepared = await operation.prepare(variables, caller);
      const given = await this.#execute(prepared, variables, context);
      record.onSent = () => given.release();
      isWhole = given.errors.length === 0;
      const executed = { document, operationName: name, variables };
      if (given.response !== undefined) usage?.record(executed, client);
      demand?.report(executed, undefined, () => given.result.data);
      return isWhole ? given.bytes : this.#withErrors(given, reply, record);
    } finally {
      onOperation(kind, isWhole);
    }
  }

  #execute(prepared: PreparedOperation, variables: Variables, context: GatewayContext): Promise<Answer> {
    const { tracer } = this.#options;
    if (tracer === undefined || context.trace.span === undefined) return prepared.execute(variables, context);
    const operation = { type: prepared.kind, name: prepared.operationName };
    return operationInSpan(tracer, context, operation, (own) => prepared.execute(variables, own));
  }

  #withErrors({ errors: all, response }: Answer, reply: FastifyReply, record: RequestRecord): Buffer | string {
    const errors = all.map((error) => this.#format(error));
    noteErrors(errors, { record, trace: record.trace });
    if (response === undefined) {
      void reply.code(statusOfErrors(errors));
      return JSON.stringify({ errors });
    }
    return writtenResponse({ errors, data: new WrittenData(response) as never }) ?? '';
  }

  #refuse(error: Error, reply: FastifyReply, record: RequestRecord): string {
    const shown = this.#format(maskError(error, record.trace.traceId));
    const { code, retryAfterSeconds } = shown.extensions ?? {};
    record.codes.push(String(code));
    if (typeof retryAfterSeconds === 'number') void reply.header('retry-after', String(retryAfterSeconds));
    void reply.code(statusOf(code));
    return JSON.stringify({ errors: [shown] });
  }

  /** Apollo Server's choice; few different values are ever asked for. */
  #contentType(accept: string | undefined): string | undefined {
    if (accept === undefined) return JSON_TYPE;
    const known = this.#contentTypes.get(accept);
    if (known !== undefined) return known;
    const chosen = new Negotiator({ headers: { accept } }).mediaType([JSON_TYPE, RESPONSE_TYPE]);
    if (chosen !== undefined) this.#contentTypes.set(accept, chosen);
    return chosen;
  }
}

const NO_VARIABLES: Variables = {};

const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || /^application\/json; *charset=utf-8$/i.test(contentType ?? '');
}
