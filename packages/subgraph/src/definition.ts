import type { PrismaClientClass, SqlClient, SqlTransaction } from '@marquee/database';
import type { AuditedType, DomainEvent, EventHandlers, EventShapes, HandleMany, Push } from '@marquee/events';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import type { z } from 'zod';

import type { Job } from './job.ts';
import type { ErasureReceipt, PersonalData } from './personal-data.ts';
import type { Permissions } from './permissions/index.ts';
import type { SubgraphRuntime } from './runtime.ts';
import type { Sealing } from './sealing.ts';

/**
 * The definition of a subgraph, exported by its folder. The stack, a process of its own and tests read nothing else.
 *
 * @typeParam Deps - dependencies of use cases, loaders, handlers and jobs
 */
export interface SubgraphDefinition<Client extends SqlClient, Settings extends z.ZodObject, Deps, Loaders> {
  /** The name of the folder, the database and the subgraph in the supergraph. */
  readonly name: string;
  /** The SDL's file; common.graphql is prepended. */
  readonly schema: URL;
  /** The generated Prisma client. */
  readonly client: PrismaClientClass<Client>;
  /** Postgres settings of its sessions. */
  readonly session?: readonly string[];
  /** The events it emits. */
  readonly emits?: EventShapes;
  /** The columns that it seals; their keys are replaced by `npm run rotate:encryption`. */
  readonly sealed?: Sealing<z.output<Settings>>;
  /** Its environment variables: `holdSeconds` of booking is `BOOKING_HOLD_SECONDS`. */
  readonly settings?: Settings;
  /** The subgraphs that it queries with its service identity; `EVERY_SUBGRAPH` for all. */
  readonly asks?: readonly string[];
  /** Whether it caches in the Redis that may evict; others do not get its address. */
  readonly caches?: boolean;
  readonly resolvers: object;
  readonly permissions: Permissions;
  /** Creates the adapters. */
  deps(runtime: SubgraphRuntime<Client, z.output<Settings>>): Deps;
  /** The DataLoaders of one request. */
  loaders(deps: NoInfer<Deps>): Loaders;
  /** Handlers of other domains' events. */
  handlers?(deps: NoInfer<Deps>): EventHandlers;
  /** The data that it holds about people: how a person gets it, and how it is erased. */
  personalData?(deps: NoInfer<Deps>): PersonalData;
  /**
   * Keeps whose support tickets are open, for `ownerOrSupport`. Its schema.prisma includes
   * `packages/subgraph/support-cases.prisma`.
   */
  readonly supportCases?: boolean;
  /**
   * Keeps the levels of risk of people, for `assert_may_buy`. Its schema.prisma includes
   * `packages/subgraph/risk-levels.prisma`.
   */
  readonly riskLevels?: boolean;
  /** Keeps the audited actions of all domains, in the subgraph that has the audit log. */
  auditLog?(deps: NoInfer<Deps>): HandleMany<AuditedType>;
  /** Records that a domain has erased somebody, in the subgraph that has the erasures. */
  erasureReceipts?(deps: NoInfer<Deps>): (receipt: ErasureReceipt, tx: SqlTransaction) => Promise<void>;
  /** Messages to subscribed clients for one of its own events. */
  pushes?(event: DomainEvent): readonly Push[];
  jobs?(deps: NoInfer<Deps>): readonly Job[];
  /** Other HTTP routes, below `/documents/<name>/`, `/pages/<name>/` or `/webhooks/<name>/`: the gateway forwards no others. */
  routes?(app: FastifyInstance, deps: NoInfer<Deps>): void;
  /** The public keys of access tokens, in the subgraph that signs them. */
  keys?(deps: NoInfer<Deps>): Promise<JSONWebKeySet>;
  /** Releases what `deps` opened; called last. */
  close?(deps: NoInfer<Deps>): Promise<void> | void;
  /** Adds demo data to a database. @returns lines to print, such as demo accounts */
  seed?(options: SeedOptions): Promise<readonly string[]>;
  /** The accounts of the seed for trying things out. */
  readonly demoAccounts?: readonly DemoAccount[];
}

export interface DemoAccount {
  /** Its purpose, such as `MANAGER of Harbour Lane Pictures`. */
  readonly role: string;
  /** Its roles, on the marketplace and in the organisation. */
  readonly roles: readonly string[];
  readonly organisation: string | null;
  readonly email: string;
  readonly password: string;
}

export interface SeedOptions {
  /** A migrated database. Existing rows are kept. */
  readonly databaseUrl: string;
}
