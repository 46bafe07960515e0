import { isCoded, maskError } from '@marquee/errors';
import type { Log, Tracer } from '@marquee/telemetry';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Engine } from '../engine/api.ts';
import { answer } from '../executor/answer.ts';
import type { Answer, PreparedOperation } from '../executor/prepared-operation.ts';
import { RequestRejectedError, type Variables } from '../operation/operation-request.ts';
import type { CostReport } from '../protection/cost/demand-control.ts';
import type { Protection } from '../protection/protection.ts';
import { codesOf } from '../telemetry/access-log.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { type CodedErrors, operationInSpan } from '../telemetry/operation-span.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import { type ErrorFormat, errorFormatter, nameTrace } from './errors.ts';
import type { GatewayRequest } from './gateway-request.ts';
import type { RequestedOperation } from './requested-operation.ts';

export interface PipelineOptions extends ErrorFormat {
  readonly engine: Engine;
  readonly protection: Protection;
  readonly usage: SchemaUsage | undefined;
  readonly metrics: GatewayMetrics;
  readonly tracer: Tracer | undefined;
  readonly log: Log;
}

/** An operation as far as it was read. */
export interface RecordedOperation extends Omit<RequestedOperation, 'document' | 'query'> {
  /** Absent when it does not parse. */
  readonly document: DocumentNode | undefined;
}

/** What is recorded of an answer. */
export interface Outcome {
  readonly errors: readonly GraphQLFormattedError[];
  /** Absent when nothing was executed. */
  readonly response: unknown;
  /** Parsed when its data is first read. */
  readonly result: { readonly data?: unknown };
}

/** Clients choose the names that logs have. */
const MAX_NAME = 100;

/**
 * The way of every operation through the gateway: it is checked, prepared, executed and recorded.
 *
 * A transport decodes what its client sent into an operation and a request, takes them through the stages, and encodes
 * the answer. The transports are plain requests over HTTP, Apollo Server for all other HTTP, WebSockets and event
 * streams.
 */
export class OperationPipeline {
  /** An error as clients read it. */
  readonly format: ReturnType<typeof errorFormatter>;
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.format = errorFormatter(options);
  }

  /**
   * Refuses an operation before anything is spent on it; a promise only when another process has to be asked.
   *
   * @throws an error with the code that the client reads
   */
  check(operation: RequestedOperation, request: GatewayRequest): void | Promise<void> {
    return this.#options.protection.check(operation, request);
  }

  /**
   * Compiles an operation for what its caller may see, or finds it compiled; a promise only when a policy decides.
   *
   * @throws {RequestRejectedError} when it does not validate
   */
  prepare(
    operation: RequestedOperation,
    { identity: { caller } }: GatewayRequest,
  ): PreparedOperation | Promise<PreparedOperation> {
    const { known, variables } = operation;
    return known ? known.prepare(variables, caller) : this.#options.engine.current().prepare(operation, caller);
  }

  /** Asks the subgraphs and writes the response. Never throws: what fails is among the answer's errors. */
  execute(prepared: PreparedOperation, variables: Variables, request: GatewayRequest): Promise<Answer> {
    return prepared.execute(variables, request);
  }

  /** Prepares and executes a query or mutation of a request over HTTP. What does not validate is an answer too. */
  run(operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    if (request.trace.span === undefined) return this.#run(operation, request);
    return this.inSpan(operation, request, (own) => this.#run(operation, own));
  }

  /** Runs a part of the work as the operation's span, when its request is recorded. */
  inSpan<Result extends CodedErrors>(
    { kind, name }: RequestedOperation,
    request: GatewayRequest,
    work: (request: GatewayRequest) => Promise<Result>,
  ): Promise<Result> {
    const { tracer } = this.#options;
    if (tracer === undefined || request.trace.span === undefined || kind === undefined) return work(request);
    return operationInSpan(tracer, request, { type: kind, name }, work);
  }

  /**
   * Records an operation that is over: in the request's record, the metrics and the usage of the schema.
   *
   * @param outcome absent when the operation was refused or failed before it ran
   * @returns what the client asked to be told of its cost
   */
  record(operation: RecordedOperation, outcome: Outcome | undefined, request: GatewayRequest): CostReport | undefined {
    this.#count(operation, request, outcome?.errors.length === 0);
    if (outcome === undefined) return undefined;
    if (outcome.errors.length > 0) request.record.codes.push(...codesOf(outcome.errors));
    if (!isParsed(operation)) return undefined;
    const { protection, usage } = this.#options;
    if (outcome.response !== undefined) usage?.record(operation, request.client);
    return protection.demand?.report(operation, operation.extensions, () => outcome.result.data);
  }

  /** Records a subscription that has begun: once, however many events it will have. */
  recordStart(operation: RequestedOperation, { client }: GatewayRequest): void {
    this.#options.usage?.record(operation, client);
  }

  /** Records a subscription that has ended. */
  recordEnd(operation: RequestedOperation, request: GatewayRequest): void {
    this.#count(operation, request, true);
  }

  /** The errors of an operation that was refused or has failed, as its client reads them; a failure of ours is logged. */
  refuse(error: unknown, { trace: { traceId }, codes }: RequestRecord): readonly GraphQLFormattedError[] {
    const isOurs = !(error instanceof RequestRejectedError) && !isCoded(error);
    if (isOurs) this.#options.log.error({ err: error, traceId }, 'an operation failed');
    const errors = error instanceof RequestRejectedError ? error.errors : [maskError(error, traceId)];
    const shown = this.shown(errors, traceId);
    codes.push(...codesOf(shown));
    return shown;
  }

  /** Errors as their client reads them. */
  shown(errors: readonly GraphQLFormattedError[], traceId: string): GraphQLFormattedError[] {
    return nameTrace(
      errors.map((error) => this.format(error)),
      traceId,
    );
  }

  #count({ kind, name }: RecordedOperation, { record }: GatewayRequest, isWhole: boolean): void {
    if (name) record.operations.push(name.slice(0, MAX_NAME));
    this.#options.metrics.countOperation(record.transport, kind, isWhole);
  }

  async #run(operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    try {
      const prepared = await this.prepare(operation, request);
      return await this.execute(prepared, operation.variables, request);
    } catch (error) {
      if (error instanceof RequestRejectedError) return answer(undefined, error.errors);
      throw error;
    }
  }
}

function isParsed(operation: RecordedOperation): operation is RecordedOperation & { readonly document: DocumentNode } {
  return operation.document !== undefined;
}
