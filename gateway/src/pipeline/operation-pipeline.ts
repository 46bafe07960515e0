import type { Tracer } from '@marquee/telemetry';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';
import type { Engine } from '../engine/api.ts';
import { answer } from '../executor/answer.ts';
import type { IncrementalFields } from '../executor/incremental-part.ts';
import type { Answer, IncrementalAnswer, PreparedOperation } from '../executor/prepared-operation.ts';
import { locateVariables } from '../operation/variable-locations.ts';
import type { Requester } from '../protection/checks.ts';
import type { CostReport } from '../protection/cost/demand-control.ts';
import type { Protection } from '../protection/protection.ts';
import { codesOf } from '../telemetry/access-log.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import { type CodedErrors, operationInSpan } from '../telemetry/operation-span.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { ClientErrors } from './client-errors.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { persistedQueryHash } from './graphql-request.ts';
import type { RequestedOperation } from './requested-operation.ts';

export interface PipelineOptions {
  readonly engine: Engine;
  readonly protection: Pick<Protection, 'charge' | 'check' | 'demand' | 'persistedQueries'>;
  readonly usage: SchemaUsage | undefined;
  readonly errors: ClientErrors;
  readonly metrics: GatewayMetrics;
  readonly tracer: Tracer | undefined;
}

/** An operation to record; incomplete when it could not be read. */
export interface RecordedOperation extends Omit<RequestedOperation, 'document' | 'query'> {
  /** Undefined when it does not parse. */
  readonly document: DocumentNode | undefined;
}

/** The parts of a response that are recorded. */
export interface Outcome {
  readonly errors: readonly GraphQLFormattedError[];
  /** Undefined when nothing was executed. */
  readonly response: unknown;
  /** `data` is parsed on first access. */
  readonly result: { readonly data?: unknown };
}

/** Clients choose operation names, so their length in logs is limited. */
const MAX_NAME = 100;

/**
 * The steps of every operation: charge, check, prepare, execute, record.
 *
 * A transport decodes a client's message into an operation and a request, runs the steps in order, and encodes the
 * response. The transports are plain requests (`server/plain-requests.ts`), responses in parts
 * (`server/incremental-requests.ts`) and Apollo Server (`server/apollo-pipeline.ts`) over HTTP, and sockets and response
 * streams (`subscriptions/run-operation.ts`).
 */
export class OperationPipeline {
  readonly errors: ClientErrors;
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions) {
    this.errors = options.errors;
    this.#options = options;
  }

  /**
   * Charges points to the rate limits of a caller and its network, before any work: 1 for each message, before it is
   * read. Step 1 charges what its operation does beyond that. Returns a promise only near a limit.
   *
   * @throws RATE_LIMITED
   */
  charge(requester: Requester, points: number): void | Promise<void> {
    return this.#options.protection.charge(requester, points);
  }

  /**
   * Step 1: checks size, charges the operation's points, and checks safelist and cost. Returns a promise only when a
   * check is asynchronous.
   *
   * @throws an error with a code for the client
   */
  check(operation: RequestedOperation, request: GatewayRequest): void | Promise<void> {
    return this.#options.protection.check(operation, request);
  }

  /**
   * Step 2: compiles the operation for its caller's rights, or finds it in the cache. Returns a promise only when it is
   * compiled, or a policy is evaluated asynchronously. An automatic persisted query is kept now, because its document is
   * valid.
   *
   * @throws {RequestRejectedError} when it does not validate, or too much is planned at the time
   */
  prepare(operation: RequestedOperation, request: GatewayRequest): PreparedOperation | Promise<PreparedOperation> {
    const { caller } = request.identity;
    const { known, variables } = operation;
    const prepared = known
      ? known.prepare(variables, caller, request)
      : this.#options.engine.current().prepare(operation, caller, request);
    return operation.extensions === undefined ? prepared : this.#keep(prepared, operation, request);
  }

  /** Step 3: fetches from the subgraphs and writes the response. Never rejects: failures are errors of the response. */
  async execute(prepared: PreparedOperation, operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    return located(await prepared.execute(operation.variables, request), operation);
  }

  /**
   * Step 4: adds the completed operation to the request's record, the metrics and the schema usage.
   *
   * @param outcome undefined when the operation was rejected or failed before execution
   * @returns the cost, if the client requested it
   */
  record(operation: RecordedOperation, outcome: Outcome | undefined, request: GatewayRequest): CostReport | undefined {
    this.#count(operation, request, outcome?.errors.length === 0);
    if (outcome === undefined) return undefined;
    if (outcome.response !== undefined) request.record.isExecuted = true;
    if (outcome.errors.length > 0) request.record.codes.push(...codesOf(outcome.errors));
    if (!isParsed(operation)) return undefined;
    const { protection, usage } = this.#options;
    if (outcome.response !== undefined) usage?.record(operation, request.client);
    return protection.demand?.report(operation, operation.extensions, () => outcome.result.data);
  }

  /** Records the start of a subscription. Its schema usage counts once, not once for each event. */
  recordStart(operation: RequestedOperation, { client, record }: GatewayRequest): void {
    record.isExecuted = true;
    this.#options.usage?.record(operation, client);
  }

  /** Records the end of a subscription. */
  recordEnd(operation: Pick<RecordedOperation, 'kind' | 'name'>, request: GatewayRequest): void {
    this.#count(operation, request, true);
  }

  /** Steps 2 and 3 over HTTP, in one span. Validation errors become a response. */
  run(operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    if (request.trace.span === undefined) return this.#run(operation, request);
    return this.inSpan(operation, request, (own) => this.#run(operation, own));
  }

  /** Runs `work` in a child span for the operation, if the request is recorded. */
  inSpan<Result extends CodedErrors>(
    { kind, name }: RequestedOperation,
    request: GatewayRequest,
    work: (request: GatewayRequest) => Promise<Result>,
  ): Promise<Result> {
    const { tracer } = this.#options;
    if (tracer === undefined || request.trace.span === undefined || kind === undefined) return work(request);
    return operationInSpan(tracer, request, { type: kind, name }, work);
  }

  /** Steps 2 and 3 for a response in parts. */
  async start(
    operation: RequestedOperation,
    request: GatewayRequest,
    fields: IncrementalFields,
  ): Promise<IncrementalAnswer> {
    try {
      const prepared = await this.prepare(operation, request);
      const { first, rest } = await prepared.executeIncrementally(operation.variables, request, fields);
      return { first: located(first, operation), rest };
    } catch (error) {
      return { first: this.#rejection(error, request), rest: undefined };
    }
  }

  async #run(operation: RequestedOperation, request: GatewayRequest): Promise<Answer> {
    try {
      const prepared = await this.prepare(operation, request);
      return await this.execute(prepared, operation, request);
    } catch (error) {
      return this.#rejection(error, request);
    }
  }

  async #keep(
    preparing: PreparedOperation | Promise<PreparedOperation>,
    operation: RequestedOperation,
    { client }: GatewayRequest,
  ): Promise<PreparedOperation> {
    const prepared = await preparing;
    const { persistedQueries } = this.#options.protection;
    const hash = persistedQueryHash(operation.extensions);
    if (hash !== undefined && persistedQueries) persistedQueries.keep(hash, operation.query, client.network);
    return prepared;
  }

  #rejection(error: unknown, { trace: { traceId } }: GatewayRequest): Answer {
    return answer(undefined, this.errors.errorsOf(error, traceId));
  }

  #count({ kind, name }: Pick<RecordedOperation, 'kind' | 'name'>, { record }: GatewayRequest, isOk: boolean): void {
    if (name) record.operations.push(name.slice(0, MAX_NAME));
    this.#options.metrics.countOperation(record.transport, kind, isOk);
  }
}

/** An answer without data is to invalid variables, or a refusal of the whole operation. */
function located(given: Answer, { document }: RequestedOperation): Answer {
  return given.response === undefined ? answer(undefined, locateVariables(given.errors, document)) : given;
}

function isParsed(operation: RecordedOperation): operation is RecordedOperation & { readonly document: DocumentNode } {
  return operation.document !== undefined;
}
