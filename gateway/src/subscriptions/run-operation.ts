import { CodedError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { GatewayRequest } from '../pipeline/gateway-request.ts';
import type { GraphQLRequest } from '../pipeline/graphql-request.ts';
import type { RecordedOperation } from '../pipeline/operation-pipeline.ts';
import { describeOperation, endOperation } from '../telemetry/operation-span.ts';
import type { Transport } from '../telemetry/request-record.ts';
import type { Subscriber } from './client-queue.ts';
import type { EndReason } from './end-reasons.ts';
import { EventPayload } from './event-payload.ts';
import type { AcceptedOperation, Subscription } from './hub.ts';
import type { LiveOptions } from './live-options.ts';

/** Where one operation's results go, whatever the protocol. */
export interface OperationTarget {
  readonly isFinished: boolean;
  /** Takes a live subscription's events, and may drop some. */
  readonly queue: Subscriber;
  subscription: Subscription | undefined;
  write(payload: EventPayload): void;
  finish(errors?: readonly GraphQLFormattedError[]): void;
}

/** One operation of a socket, or that of an event stream. */
export interface LiveOperation {
  /** @throws BAD_USER_INPUT */
  readonly decode: () => GraphQLRequest;
  /** Its trace is of this operation alone, and its span ends with it. */
  readonly request: GatewayRequest;
  readonly target: OperationTarget;
  /** Mutations are refused: any page can make this request. */
  readonly isReadOnly?: boolean;
}

/** A request for one operation, with a record of its own. */
export function liveRequest(transport: Transport, request: Omit<GatewayRequest, 'record'>): GatewayRequest {
  const { trace, client } = request;
  return { ...request, record: { trace, transport, client, operations: [], codes: [] } };
}

type RunOptions = Pick<LiveOptions, 'pipeline' | 'reader' | 'engine' | 'hub' | 'metrics' | 'accessLog'>;

/** Takes an operation through the pipeline: to its one result, or to a live subscription. Never throws. */
export async function runOperation(live: LiveOperation, options: RunOptions): Promise<void> {
  const { request, target } = live;
  const { record, trace } = request;
  const startedAt = performance.now();
  let operation = UNREAD;
  const end = (reason?: EndReason): void => {
    options.metrics.countCodes(record.codes);
    const durationMs = performance.now() - startedAt;
    options.accessLog(record, { type: operation.kind, reason, durationMs });
  };
  let errors: readonly GraphQLFormattedError[] = [];
  try {
    const accepted = await accept(live, options, (read) => (operation = read));
    if (target.isFinished) return;
    const { kind, name } = accepted.operation;
    if (trace.span && kind) describeOperation(trace.span, { type: kind, name });
    if (live.isReadOnly && kind === 'mutation') throw mutationByGet();
    if (accepted.prepared.subscription) return subscribe(accepted, live, options, end);
    errors = await execute(accepted, live, options);
  } catch (error) {
    errors = options.pipeline.errors.refuse(error, record);
    options.pipeline.record(operation, undefined, request);
    target.finish(errors);
  } finally {
    if (trace.span) endOperation(trace.span, errors);
  }
  end();
}

const UNREAD: RecordedOperation = {
  document: undefined,
  kind: undefined,
  name: null,
  operationName: null,
  variables: {},
};

/**
 * @throws an error with its code when the operation is refused
 * @throws {RequestRejectedError} when it does not validate
 */
async function accept(
  { decode, request }: LiveOperation,
  { pipeline, reader, engine }: RunOptions,
  onRead: (operation: RecordedOperation) => void,
): Promise<AcceptedOperation> {
  const asked = decode();
  const operation = await reader.read(asked);
  onRead(operation);
  await pipeline.check(operation, request);
  await reader.learn(asked, operation);
  const generation = engine.current();
  return { operation, generation, prepared: await pipeline.prepare(operation, request) };
}

async function execute(
  { operation, prepared }: AcceptedOperation,
  { request, target }: LiveOperation,
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

/** @throws {RequestRejectedError} when its variables are wrong, or it is refused for what it selects */
function subscribe(
  accepted: AcceptedOperation,
  { request, target }: LiveOperation,
  { hub, pipeline }: RunOptions,
  end: (reason: EndReason) => void,
): void {
  const { operation, prepared } = accepted;
  const errors = prepared.startErrors(operation.variables);
  if (errors.length > 0) throw new RequestRejectedError(errors);
  if (!prepared.subscription) return;
  const onEnded = (reason: EndReason): void => {
    pipeline.recordEnd(operation, request);
    end(reason);
  };
  const joining = { identity: request.identity, subscriber: target.queue, onEnded };
  target.subscription = hub.join(accepted, prepared.subscription, joining);
  pipeline.recordStart(operation, request);
}

function mutationByGet(): CodedError {
  return new CodedError('BAD_USER_INPUT', 'A GET request cannot run a mutation. Use POST.');
}
