import type { Tracer } from '@marquee/telemetry';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Engine } from '../engine/api.ts';
import { answer } from '../executor/answer.ts';
import type { Answer, PreparedOperation } from '../executor/prepared-operation.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { CostReport } from '../protection/cost/demand-control.ts';
import type { Protection } from '../protection/protection.ts';
import { codesOf } from '../telemetry/access-log.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { type CodedErrors, operationInSpan } from '../telemetry/operation-span.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { ClientErrors } from './client-errors.ts';
import type { GatewayRequest } from './gateway-request.ts';
import type { RequestedOperation } from './requested-operation.ts';

export interface PipelineOptions {
  readonly engine: Engine;
  readonly protection: Pick<Protection, 'check' | 'demand'>;
  readonly usage: SchemaUsage | undefined;
  readonly errors: ClientErrors;
  readonly metrics: GatewayMetrics;
  readonly tracer: Tracer | undefined;
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
 * A transport decodes what its client sent into an operation and a request, takes them through these stages in order,
 * and encodes the answer. The transports are plain requests (`server/plain-requests.ts`) and Apollo Server
 * (`server/apollo-pipeline.ts`) over HTTP, and sockets and event streams (`subscriptions/run-operation.ts`).
 */
export class OperationPipeline {
  readonly errors: ClientErrors;
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions) {
    this.errors = options.errors;
    this.#options = options;
  }

  /**
   * Stage 1: refuses an operation by its text, its cost, or how often its caller asks. A promise only when another
   * process decides.
   *
   * @throws an error with the code that the client reads
   */
  check(operation: RequestedOperation, request: GatewayRequest): void | Promise<void> {
    return this.#options.protection.check(operation, request);
  }

  /**
   * Stage 2: compiles an operation for what its caller may see, or finds it compiled. A promise only when a policy
   * decides.
   *
   * @throws {RequestRejectedError} when it does not validate
   */
  prepare(operation: RequestedOperation, request: GatewayRequest): PreparedOperation | Promise<PreparedOperation> {
    const { caller } = request.identity;
    const { known, variables } = operation;
    return known ? known.prepare(variables, caller) : this.#options.engine.current().prepare(operation, caller);
  }

  /** Stage 3: asks the subgraphs and writes the response. Never throws: what fails is among the answer's errors. */
  execute(prepared: PreparedOperation, operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    return prepared.execute(operation.variables, request);
  }

  /**
   * Stage 4: records an operation that is over in the request's record, the metrics and the usage of the schema.
   *
   * @param outcome absent when the operation was refused or failed before it ran
   * @returns the cost, for a client that asked for it
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

  /** Records the start of a subscription: its use of the schema counts once, however many events it has. */
  recordStart(operation: RequestedOperation, { client }: GatewayRequest): void {
    this.#options.usage?.record(operation, client);
  }

  /** Records the end of a subscription. */
  recordEnd(operation: RequestedOperation, request: GatewayRequest): void {
    this.#count(operation, request, true);
  }

  /** Stages 2 and 3 of a request over HTTP, in one span. A document that does not validate has an answer too. */
  run(operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    if (request.trace.span === undefined) return this.#run(operation, request);
    return this.inSpan(operation, request, (own) => this.#run(operation, own));
  }

  /** Does work as the operation's span within that of its request, where the request is recorded. */
  inSpan<Result extends CodedErrors>(
    { kind, name }: RequestedOperation,
    request: GatewayRequest,
    work: (request: GatewayRequest) => Promise<Result>,
  ): Promise<Result> {
    const { tracer } = this.#options;
    if (tracer === undefined || request.trace.span === undefined || kind === undefined) return work(request);
    return operationInSpan(tracer, request, { type: kind, name }, work);
  }

  async #run(operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    try {
      const prepared = await this.prepare(operation, request);
      return await this.execute(prepared, operation, request);
    } catch (error) {
      if (error instanceof RequestRejectedError) return answer(undefined, error.errors);
      throw error;
    }
  }

  #count({ kind, name }: RecordedOperation, { record }: GatewayRequest, isWhole: boolean): void {
    if (name) record.operations.push(name.slice(0, MAX_NAME));
    this.#options.metrics.countOperation(record.transport, kind, isWhole);
  }
}

function isParsed(operation: RecordedOperation): operation is RecordedOperation & { readonly document: DocumentNode } {
  return operation.document !== undefined;
}
