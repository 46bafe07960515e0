import type { SqlClient } from '@marquee/database';
import type { EventShapes } from '@marquee/events';
import { z } from 'zod';

import type { SeedOptions, SubgraphDefinition } from './definition.ts';
import { federatedSchema } from './federated-schema.ts';
import type { OpenOptions } from './open-options.ts';
import { openSubgraph } from './open-subgraph.ts';
import { type Policies, policiesOf } from './permissions/index.ts';
import { withPersonalData } from './personal-data.ts';
import { type ProtectedSchema, protectedSchema } from './protected-schema.ts';
import { subgraphSdl } from './sdl.ts';
import type { Sealing } from './sealing.ts';
import type { Subgraph } from './subgraph.ts';

/** A subgraph that can be opened, and the parts of its definition that the stack reads. */
export interface DefinedSubgraph extends Pick<
  SubgraphDefinition<SqlClient, z.ZodObject, unknown, unknown>,
  'name' | 'schema' | 'seed' | 'demoAccounts' | 'sealed'
> {
  readonly emits: EventShapes;
  readonly settings: z.ZodObject;
  readonly asks: readonly string[];
  /** Postgres settings of its sessions. */
  readonly session: readonly string[];
  /** Whether it caches in the Redis that may evict. */
  readonly caches: boolean;
  /** Whether it signs access tokens. */
  readonly signsTokens: boolean;
  /** The policy of each field, without connecting. @throws when a field has none */
  policies(): Policies;
  /** Connects it to its database and Redis. @throws when a setting is missing or a field has no policy */
  open(options: OpenOptions): Subgraph;
}

const NO_SETTINGS = z.object({});

/** Defines a subgraph. {@link DefinedSubgraph.open} connects it. */
export function defineSubgraph<
  Client extends SqlClient,
  Deps,
  Loaders,
  Settings extends z.ZodObject = typeof NO_SETTINGS,
>(definition: SubgraphDefinition<Client, Settings, Deps, Loaders>): DefinedSubgraph {
  const {
    name,
    schema,
    emits = {},
    settings = NO_SETTINGS,
    asks = [],
    resolvers,
    permissions,
    seed,
    session = [],
  } = definition;
  const personalData = definition.personalData?.bind(definition);
  let built: ProtectedSchema | undefined;
  // Whoever opens a subgraph again, as tests do, need not wait for its schema again.
  const builtSchema = (): ProtectedSchema =>
    (built ??= protectedSchema({
      ...{ schemaFile: schema, permissions, resolvers: withPersonalData(resolvers, personalData) },
    }));
  return {
    ...{ name, schema, emits, settings, asks, session },
    ...(definition.demoAccounts && { demoAccounts: definition.demoAccounts }),
    ...(definition.sealed && { sealed: definition.sealed as Sealing<Record<string, unknown>> }),
    ...(seed && { seed: (options: SeedOptions) => seed.call(definition, options) }),
    caches: definition.caches ?? false,
    signsTokens: definition.keys !== undefined,
    policies: () => policiesOf(federatedSchema(subgraphSdl(schema), resolvers), permissions),
    open: (options) => openSubgraph(definition, builtSchema, options),
  };
}
