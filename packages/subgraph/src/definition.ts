import type { PrismaClientClass, SqlClient, SqlTransaction } from '@marquee/database';
import type { DomainEvent, EventHandlers, EventShapes, Push, TransactionalClient } from '@marquee/events';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import type { z } from 'zod';

import type { Job } from './job.ts';
import type { Permissions } from './permissions/index.ts';
import type { SubgraphRuntime } from './runtime.ts';

/** The client of a transaction of the domain. */
export type TransactionOf<Client> =
  Client extends TransactionalClient<infer Tx> ? Tx : Client extends SqlClient ? SqlTransaction : never;

/**
 * The definition of a subgraph. The stack, a process of its own and tests read everything they need from it.
 *
 * @typeParam Deps - the dependencies of its use cases, loaders, handlers and jobs
 */
export interface SubgraphDefinition<Client extends SqlClient, Settings extends z.ZodObject, Deps, Loaders> {
  /** The name of its folder, of its database, and in the supergraph. */
  readonly name: string;
  /** The file of its SDL, which follows common.graphql. */
  readonly schema: URL;
  /** The generated client of its database. */
  readonly client: PrismaClientClass<Client>;
  /** The events it emits. */
  readonly emits?: EventShapes;
  /** Its settings, read from the environment: `holdSeconds` of booking is `BOOKING_HOLD_SECONDS`. */
  readonly settings?: Settings;
  /** The subgraphs that it queries under its own identity. */
  readonly asks?: readonly string[];
  readonly resolvers: object;
  readonly permissions: Permissions;
  /** Builds the adapters. */
  deps(runtime: SubgraphRuntime<Client, z.output<Settings>>): Deps;
  /** The DataLoaders of one request. */
  loaders(deps: NoInfer<Deps>): Loaders;
  /** Handlers of other domains' events. */
  handlers?(deps: NoInfer<Deps>): EventHandlers<TransactionOf<Client>>;
  /** Messages for live subscriptions, made of its own events. */
  pushes?(event: DomainEvent): readonly Push[];
  jobs?(deps: NoInfer<Deps>): readonly Job[];
  /** HTTP routes beside GraphQL, such as webhooks. */
  routes?(app: FastifyInstance, deps: NoInfer<Deps>): void;
  /** The public keys of access tokens, for the one subgraph that signs them. */
  keys?(deps: NoInfer<Deps>): Promise<JSONWebKeySet>;
  /** Releases what `deps` opened, once everything else has stopped. */
  close?(deps: NoInfer<Deps>): Promise<void> | void;
  /** Seeds the database with demo data. @returns lines to print for a newcomer, such as demo accounts */
  seed?(options: SeedOptions): Promise<readonly string[]>;
}

export interface SeedOptions {
  /** A migrated database. Existing data is kept. */
  readonly databaseUrl: string;
}
