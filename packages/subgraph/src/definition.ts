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
 * All that makes a folder of subgraphs/ a subgraph. What runs it (the stack, a process of its own, a test) reads what
 * it needs here, and nowhere else.
 *
 * @typeParam Deps - what its use cases, loaders, handlers and jobs are given
 */
export interface SubgraphDefinition<Client extends SqlClient, Settings extends z.ZodObject, Deps, Loaders> {
  /** The folder's name; also its database's, and its name in the supergraph. */
  readonly name: string;
  /** The SDL; common.graphql comes before it. */
  readonly schema: URL;
  /** The generated client of its database. */
  readonly client: PrismaClientClass<Client>;
  /** The events it emits. */
  readonly emits?: EventShapes;
  /** What it has to be told. The variable of `holdSeconds` of booking is `BOOKING_HOLD_SECONDS`. */
  readonly settings?: Settings;
  /** The subgraphs that it queries under its own identity. */
  readonly asks?: readonly string[];
  readonly resolvers: object;
  readonly permissions: Permissions;
  /** Builds the adapters. */
  deps(runtime: SubgraphRuntime<Client, z.output<Settings>>): Deps;
  /** The DataLoaders of one request. */
  loaders(deps: NoInfer<Deps>): Loaders;
  /** What it does on others' events. */
  handlers?(deps: NoInfer<Deps>): EventHandlers<TransactionOf<Client>>;
  /** What clients that listen right now are told of its own events. */
  pushes?(event: DomainEvent): readonly Push[];
  jobs?(deps: NoInfer<Deps>): readonly Job[];
  /** HTTP routes beside GraphQL, such as webhooks. */
  routes?(app: FastifyInstance, deps: NoInfer<Deps>): void;
  /** The public keys of the access tokens that it signs, when it is the one that does. */
  keys?(deps: NoInfer<Deps>): Promise<JSONWebKeySet>;
  /** Releases what `deps` opened, once everything else has stopped. */
  close?(deps: NoInfer<Deps>): Promise<void> | void;
  /** Fills an empty database with what a newcomer finds. @returns what to tell them, in lines */
  seed?(options: SeedOptions): Promise<readonly string[]>;
}

export interface SeedOptions {
  /** A migrated database. What it has already stays as it is. */
  readonly databaseUrl: string;
}
