import { connect, type SqlClient, type CopyDatabase } from '@marquee/database';
import {
  createRelay,
  type DomainEvent,
  type EventLog,
  type EventProblem,
  redisStreamsLog,
  type Relay,
  type Report,
} from '@marquee/events';
import type { Log } from '@marquee/telemetry';
import type { z } from 'zod';

import type { SubgraphDefinition } from './definition.ts';
import type { OpenOptions } from './open-options.ts';
import { pubSub, type SharedPubSub } from './pub-sub/pub-sub.ts';

/** The connections of a subgraph: its database, the outbox's relay to the event log, and pub/sub. */
export interface Connections<Client> {
  readonly client: Client & CopyDatabase;
  readonly events: EventLog;
  readonly relay: Relay;
  readonly messages: SharedPubSub;
  readonly report: Report;
  close(): Promise<void>;
}

export function openConnections<Client extends SqlClient>(
  definition: Pick<SubgraphDefinition<Client, z.ZodObject, never, never>, 'name' | 'client' | 'session' | 'pushes'>,
  { databaseUrl, redis, namespace, catalogue, log, onStatement, instruments = {} }: OpenOptions,
): Connections<Client> {
  const { name, pushes } = definition;
  const { tracer } = instruments;
  const client = connect(definition.client, {
    url: databaseUrl,
    applicationName: `marquee-${name}`,
    tracer,
    session: definition.session,
    ...(onStatement && { onStatement }),
  });
  const events = redisStreamsLog({ redis, namespace, catalogue });
  const messages = pubSub({ redis, namespace, log, tracer });
  const report = reportTo(log);
  const push = pushes && ((event: DomainEvent) => pushes.call(definition, event));
  const relay = createRelay({ domain: name, client, log: events, report, instruments, ...(push && { push }) });
  const close = async (): Promise<void> => {
    messages.close();
    await Promise.all([events.close(), disconnect(client)]);
  };
  return { client, events, relay, messages, report, close };
}

async function disconnect(client: SqlClient): Promise<void> {
  if ('$disconnect' in client && typeof client.$disconnect === 'function') await client.$disconnect();
}

/** Logs problems of relays and consumers. */
function reportTo(log: Log): Report {
  return (problem: EventProblem) => {
    const { kind, ...fields } = problem;
    const shown = 'error' in fields ? { ...fields, error: undefined, err: fields.error } : fields;
    if (kind === 'event-dead') log.error(shown, kind);
    else log.warn(shown, kind);
  };
}
