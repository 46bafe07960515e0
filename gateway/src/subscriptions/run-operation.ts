import { CodedError, rateLimited } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';
import { RequestRejectedError } from '../operation/operation-request.ts';
import { locateVariables } from '../operation/variable-locations.ts';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import type { GraphQLRequest } from '../pipeline/graphql-request.ts';
import type { RecordedOperation } from '../pipeline/operation-pipeline.ts';
import type { RequestedOperation } from '../pipeline/requested-operation.ts';
import { describeOperation, endOperation } from '../telemetry/operation-span.ts';
import type { IncomingTrace } from '../telemetry/incoming-traces.ts';
import type { Transport } from '../telemetry/request-record.ts';
import type { Subscriber } from './client-queue.ts';
import type { EndReason } from './end-reasons.ts';
import { EventPayload } from './event-payload.ts';
import type { AcceptedOperation, Subscription } from './hub.ts';
import { memoryOfDocument, memoryOfRequest, memoryOfText, tooMuchMemory } from './operation-memory.ts';
import type { StreamingOptions } from './streaming-options.ts';

/** The destination of an operation's results, over any protocol. */
export interface OperationTarget {
  readonly isFinished: boolean;
  /** Receives a subscription's events; drops some when the client is slow. */
  readonly queue: Subscriber;
  subscription: Subscription | undefined;
  /** Counts it as open. @returns whether the limits of its client allow that */
  admit(): boolean;
  /** Counts memory that it keeps until it ends. @returns whether the limits of its client allow that */
  hold(bytes: number): boolean;
  write(payload: EventPayload): void;
  finish(errors?: readonly GraphQLFormattedError[]): void;
}

/** An operation of a socket or a response stream. */
export interface StreamedOperation {
  /** @throws BAD_USER_INPUT */
  readonly decode: () => GraphQLRequest;
  /** Has a trace for this operation alone; its span is ended here. */
  readonly request: GatewayRequest;
  readonly target: OperationTarget;
  /** The size of its message or request, bytes. */
  readonly size: number;
  /** Points to pay before it is decoded: 1 for a message, none where an HTTP request has paid. */
  readonly fee: 0 | 1;
  /** Rejects mutations, because any web page can send a GET request. */
  readonly isReadOnly?: boolean;
}

/** A gateway request with its own record. */
export function streamedRequest(
  transport: Transport,
  { clientTraceId, ...request }: Omit<GatewayRequest, 'record'> & IncomingTrace,
): GatewayRequest {
  const { trace, client, identity } = request;
  return { ...request, record: { trace, clientTraceId, transport, client, identity, operations: [], codes: [] } };
}

type RunOptions = Pick<
  StreamingOptions,
  'pipeline' | 'reader' | 'engine' | 'hub' | 'compiledMemory' | 'metrics' | 'accessLog'
>;

/** Runs an operation through the pipeline: sends its result, or starts its subscription. Never rejects. */
export async function runOperation(live: StreamedOperation, options: RunOptions): Promise<void> {
  const { request, target } = live;
  const { record, trace } = request;
  const startedAt = performance.now();
  let operation = UNREAD_OPERATION;
  const end = (reason?: EndReason): void => {
    options.metrics.countErrors(record);
    const durationMs = performance.now() - startedAt;
    options.accessLog(record, { type: operation.kind, reason, durationMs });
  };
  let errors: readonly GraphQLFormattedError[] = [];
  try {
    const accepted = await accept(live, options, (read) => (operation = { ...read, document: undefined }));
    if (target.isFinished) return end('client');
    const { kind, name } = accepted.operation;
    if (trace.span && kind) describeOperation(trace.span, { type: kind, name });
    if (live.isReadOnly && kind === 'mutation') throw mutationOverGet();
    if (accepted.prepared.subscription) return await subscribe(accepted, live, options, end);
    errors = await execute(accepted, live, options);
  } catch (error) {
    errors = options.pipeline.errors.reject(error, record);
    options.pipeline.record(operation, undefined, request);
    target.finish(errors);
  } finally {
    if (trace.span) endOperation(trace.span, errors);
  }
  end();
}

/** An accepted operation with its document. */
interface ReadOperation extends AcceptedOperation {
  readonly operation: RequestedOperation;
}

const UNREAD_OPERATION: RecordedOperation = {
  document: undefined,
  kind: undefined,
  name: null,
  operationName: null,
  variables: {},
};

/**
 * @throws an error with a code when a check rejects it
 * @throws {RequestRejectedError} when it does not validate
 */
async function accept(
  { decode, request, target, size, fee }: StreamedOperation,
  { pipeline, reader, engine }: RunOptions,
  onRead: (operation: RecordedOperation) => void,
): Promise<ReadOperation> {
  if (fee > 0) await pipeline.charge(request, fee);
  if (!target.admit()) throw tooManyOperations();
  if (!target.hold(memoryOfRequest(size))) throw tooMuchMemory();
  const asked = decode();
  const operation = await reader.read(asked);
  onRead(operation);
  const { isShared, query } = operation;
  if (!target.hold(isShared ? memoryOfText(query.length) : memoryOfDocument(query.length))) throw tooMuchMemory();
  await pipeline.check(operation, request);
  const generation = engine.current();
  return { operation, generation, prepared: await pipeline.prepare(operation, request) };
}

async function execute(
  { operation, prepared }: ReadOperation,
  { request, target }: StreamedOperation,
  { pipeline }: RunOptions,
): Promise<readonly GraphQLFormattedError[]> {
  const answer = await pipeline.execute(prepared, operation, request);
  const { errors, response } = answer;
  const cost = pipeline.record(operation, answer, request);
  const shown = () => JSON.stringify({ errors: pipeline.errors.formatAll(errors, request.trace.traceId) });
  const payload = new EventPayload(response === undefined ? shown() : answer.body);
  target.write(cost ? payload.with({ cost }) : payload);
  target.finish();
  return errors;
}

/** @throws {RequestRejectedError} when its variables are invalid, or a field is unauthorised in the mode `reject` */
async function subscribe(
  accepted: ReadOperation,
  { request, target }: StreamedOperation,
  { hub, pipeline, compiledMemory }: RunOptions,
  end: (reason: EndReason) => void,
): Promise<void> {
  const { operation, prepared } = accepted;
  const errors = await prepared.start(operation.variables, request);
  if (errors.length > 0) throw new RequestRejectedError(locateVariables(errors, operation.document));
  if (!prepared.subscription || target.isFinished) return end('client');
  const leave = compiledMemory.use(prepared, target);
  // The parsed document would stay in memory for as long as the subscription, uncounted when it is shared.
  const { document: _, ...kept } = operation;
  const onEnded = (reason: EndReason): void => {
    leave();
    pipeline.recordEnd(kept, request);
    end(reason);
  };
  const joining = { identity: request.identity, subscriber: target.queue, onEnded };
  target.subscription = hub.join({ ...accepted, operation: kept }, prepared.subscription, joining);
  pipeline.recordStart(operation, request);
}

function tooManyOperations(): CodedError {
  return rateLimited(30, 'Too many operations are open. Complete some, then try again.');
}

function mutationOverGet(): CodedError {
  return new CodedError('BAD_USER_INPUT', 'A GET request cannot run a mutation. Use POST.');
}
