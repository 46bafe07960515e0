import type { Caller } from '@marquee/identity';
import type { SubgraphRequest } from '../../src/transports/subgraph-transport.ts';

/** A request as the executor makes it. */
export function subgraphRequest(more: Partial<SubgraphRequest> = {}): SubgraphRequest {
  const { query = '{ a }', variables = {} } = more;
  return {
    kind: 'query',
    query,
    variables,
    body: JSON.stringify({ query, variables }),
    caller: { kind: 'anonymous' },
    traceId: '0'.repeat(32),
    ...more,
  };
}

export function user(sessionId: string): Caller {
  return { kind: 'user', userId: 'ann', sessionId, roles: [], scopes: [], expiresAt: new Date(8e15) };
}
