import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Log } from '@marquee/telemetry';
import type { Client } from '../protection/checks.ts';
import type { DemandControl } from '../protection/cost/demand-control.ts';
import type { Identity } from '@marquee/identity';
import { maskedError, publicError } from '../server/masking.ts';
import type { Trace } from '../server/trace.ts';
import { type OperationContext, RequestRejectedError } from '../types.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { Subscriber } from './client-queue.ts';
import { EventPayload } from './event-payload.ts';
import type { GraphQLRequest } from './graphql-request.ts';
import type { Subscription, SubscriptionHub } from './hub.ts';
import type { AcceptedOperation, Operations } from './operations.ts';

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
  readonly trace: Trace;
  /** Epoch ms; for queries and mutations. */
  readonly deadline: number;
  /** A request that anybody's page can make: it changes nothing. */
  readonly isReadOnly?: boolean;
  readonly demand: DemandControl | undefined;
  readonly usage: SchemaUsage | undefined;
  readonly onErrors: (errors: readonly GraphQLFormattedError[]) => void;
  readonly log: Log;
}

/** Runs a query or mutation to its one result, or joins a subscription. Never throws. */
export async function runOperation(
  request: () => GraphQLRequest,
  target: OperationTarget,
  options: RunOptions,
): Promise<void> {
  try {
    const accepted = await options.operations.accept(request(), options.identity.caller, options.client);
    if (target.isFinished) return;
    if (options.isReadOnly && accepted.prepared.kind === 'mutation') throw mutationByGet();
    if (accepted.prepared.subscription) subscribe(accepted, target, options);
    else await execute(accepted, target, options);
  } catch (error) {
    const errors = refusalErrors(error, options);
    options.onErrors(errors);
    target.finish(errors);
  }
}

async function execute(accepted: AcceptedOperation, target: OperationTarget, options: RunOptions) {
  const { identity, client, trace, deadline, demand, usage, onErrors } = options;
  const { prepared, variables, operationName } = accepted;
  const device = { address: client.address, userAgent: client.userAgent };
  const context: OperationContext = { ...identity, ...trace, device, deadline };
  const answer = await prepared.execute(variables, context);
  onErrors(answer.errors);
  const operation = { document: prepared.document, operationName, variables };
  if (answer.data !== undefined) usage?.record(operation, client);
  const cost = demand?.report(operation, accepted.extensions, () => answer.result.data);
  const payload = new EventPayload(answer.body);
  target.write(cost ? payload.with({ cost }) : payload);
  target.finish();
}

function subscribe(accepted: AcceptedOperation, target: OperationTarget, options: RunOptions): void {
  const { hub, identity, client, usage } = options;
  const { prepared, variables, operationName } = accepted;
  const errors = prepared.variableErrors(variables);
  if (errors.length > 0) return target.finish(errors);
  if (!prepared.subscription) return;
  target.subscription = hub.join(accepted, prepared.subscription, identity, target.queue);
  usage?.record({ document: prepared.document, operationName, variables }, client);
}

function refusalErrors(error: unknown, { trace, log }: RunOptions): readonly GraphQLFormattedError[] {
  if (error instanceof RequestRejectedError) return error.errors;
  if (error instanceof GraphQLError) return [publicError(error, trace.traceId)];
  log.error({ err: error, traceId: trace.traceId }, 'an operation failed');
  return [maskedError(trace.traceId)];
}

function mutationByGet(): GraphQLError {
  return new GraphQLError('A GET request cannot run a mutation.', { extensions: { code: 'BAD_USER_INPUT' } });
}
