import { CodedError, isCoded, maskError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Log, Trace } from '@marquee/telemetry';
import type { Client } from '../request/client.ts';
import type { DemandControl } from '../protection/cost/demand-control.ts';
import type { Identity } from '@marquee/identity';
import { type AccessLog, codesOf } from '../telemetry/access-log.ts';
import { describeOperation, endOperation } from '../telemetry/operation-span.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { Subscriber } from './client-queue.ts';
import type { EndReason } from './end-reasons.ts';
import { EventPayload } from './event-payload.ts';
import type { GraphQLRequest } from '../pipeline/graphql-request.ts';
import type { Subscription, SubscriptionHub } from './hub.ts';
import type { LiveOptions, LiveTransport } from './live-options.ts';
import type { AcceptedOperation, Operations } from '../pipeline/operations.ts';

/** Where one operation's results go, whatever the protocol. */
export interface OperationTarget {
  readonly isFinished: boolean;
  /** Takes a live subscription's events, and may drop some. */
  readonly queue: Subscriber;
  subscription: Subscription | undefined;
  write(payload: EventPayload): void;
  finish(errors?: readonly GraphQLFormattedError[]): void;
}

export interface RunOptions {
  readonly operations: Operations;
  readonly hub: SubscriptionHub;
  readonly identity: Identity;
  readonly client: Client;
  readonly transport: LiveTransport;
  /** Of this operation alone: its span is ended here. */
  readonly trace: Trace;
  /** Epoch ms; for queries and mutations. */
  readonly deadline: number;
  /** A request that anybody's page can make: it changes nothing. */
  readonly isReadOnly?: boolean;
  readonly demand: DemandControl | undefined;
  readonly usage: SchemaUsage | undefined;
  readonly onErrors: (errors: readonly GraphQLFormattedError[]) => void;
  readonly onOperation: LiveOptions['onOperation'];
  readonly accessLog: AccessLog;
  readonly log: Log;
}

/** Runs a query or mutation to its one result, or joins a subscription. Never throws. */
export async function runOperation(
  request: () => GraphQLRequest,
  target: OperationTarget,
  options: RunOptions,
): Promise<void> {
  const { span } = options.trace;
  const startedAt = performance.now();
  let prepared: PreparedOperation | undefined;
  const tell = (errors: readonly GraphQLFormattedError[], reason?: EndReason) =>
    told(options, { prepared, durationMs: performance.now() - startedAt, errors, reason });
  let errors: readonly GraphQLFormattedError[] = [];
  try {
    const accepted = await options.operations.accept(request(), options.identity.caller, options.client);
    if (target.isFinished) return;
    prepared = accepted.prepared;
    if (span) describeOperation(span, { type: prepared.kind, name: prepared.operationName });
    if (options.isReadOnly && prepared.kind === 'mutation') throw mutationByGet();
    if (prepared.subscription) return subscribe(accepted, target, options, (reason) => tell([], reason));
    errors = await execute(accepted, target, options);
    tell(errors);
  } catch (error) {
    errors = refusalErrors(error, options);
    options.onErrors(errors);
    target.finish(errors);
    tell(errors);
  } finally {
    if (span) endOperation(span, errors);
  }
}

interface Told {
  readonly prepared: PreparedOperation | undefined;
  readonly durationMs: number;
  readonly errors: readonly GraphQLFormattedError[];
  readonly reason: EndReason | undefined;
}

/** Tells of an operation that is over: of a subscription when it has ended. */
function told(options: RunOptions, { prepared, errors, ...fields }: Told): void {
  const { transport, client, trace, onOperation, accessLog } = options;
  const type = prepared?.kind;
  const operation = prepared?.operationName?.slice(0, MAX_NAME);
  onOperation(transport, type, errors.length === 0);
  accessLog({ transport, operation, type, client, ...fields, codes: codesOf(errors), trace });
}

/** Clients choose the names that logs have. */
const MAX_NAME = 100;

async function execute(
  accepted: AcceptedOperation,
  target: OperationTarget,
  options: RunOptions,
): Promise<readonly GraphQLFormattedError[]> {
  const { operations, identity, client, trace, deadline, demand, usage, onErrors } = options;
  const { prepared, variables, operationName } = accepted;
  const answer = await prepared.execute(variables, { identity, trace, client, deadline });
  onErrors(answer.errors);
  const operation = { document: prepared.document, operationName, variables };
  if (answer.data !== undefined) usage?.record(operation, client);
  const cost = demand?.report(operation, accepted.extensions, () => answer.result.data);
  const isRefused = answer.response === undefined;
  const payload = new EventPayload(
    isRefused ? JSON.stringify({ errors: operations.shown(answer.errors) }) : answer.body,
  );
  target.write(cost ? payload.with({ cost }) : payload);
  target.finish();
  return answer.errors;
}

/** @throws {RequestRejectedError} when its variables are wrong, or it is refused for what it selects */
function subscribe(
  accepted: AcceptedOperation,
  target: OperationTarget,
  { hub, identity, client, usage }: RunOptions,
  onEnded: (reason: EndReason) => void,
): void {
  const { prepared, variables, operationName } = accepted;
  const errors = prepared.startErrors(variables);
  if (errors.length > 0) throw new RequestRejectedError(errors);
  if (!prepared.subscription) return;
  const joining = { identity, subscriber: target.queue, onEnded };
  target.subscription = hub.join(accepted, prepared.subscription, joining);
  usage?.record({ document: prepared.document, operationName, variables }, client);
}

function refusalErrors(error: unknown, { operations, trace, log }: RunOptions): readonly GraphQLFormattedError[] {
  const { traceId } = trace;
  if (error instanceof RequestRejectedError)
    return operations.shown(error.errors.map((each) => maskError(each, traceId)));
  if (!isCoded(error)) log.error({ err: error, traceId }, 'an operation failed');
  return [maskError(error, traceId)];
}

function mutationByGet(): CodedError {
  return new CodedError('BAD_USER_INPUT', 'A GET request cannot run a mutation. Use POST.');
}
