import type { Log } from '@marquee/telemetry';
import type { GraphQLFormattedError } from 'graphql';
import type { DemandControl } from '../protection/cost/demand-control.ts';
import type { SchemaUsage } from '../usage/schema-usage.ts';
import type { Authenticate } from '@marquee/identity';
import type { SubscriptionHub } from './hub.ts';
import type { Operations } from './operations.ts';
import type { SubscriptionSettings } from './settings.ts';

/** What sockets and event streams have in common. */
export interface LiveOptions {
  readonly operations: Operations;
  readonly hub: SubscriptionHub;
  readonly authenticate: Authenticate;
  readonly settings: SubscriptionSettings;
  readonly demand: DemandControl | undefined;
  readonly usage: SchemaUsage | undefined;
  /** How long a query or mutation may take, ms. */
  readonly timeoutMs: number;
  /** An event was dropped because the client did not read it in time. */
  readonly onDrop: () => void;
  readonly onErrors: (errors: readonly GraphQLFormattedError[]) => void;
  readonly log: Log;
  readonly now: () => number;
}
