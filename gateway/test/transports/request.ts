import type { Caller } from '@marquee/identity';
import type { OperationContext } from '../../src/request/operation-context.ts';
import type { SubgraphRequest } from '../../src/transports/subgraph-transport.ts';

type Given = Partial<SubgraphRequest & OperationContext>;

/** A request and context like the executor's. */
export function subgraphRequest({ identity, trace, client, deadline, signal, ...request }: Given = {}): [
  SubgraphRequest,
  OperationContext,
] {
  const { query = '{ a }', variables = {} } = request;
  return [
    { kind: 'query', query, variables, body: JSON.stringify({ query, variables }), ...request },
    { identity: identity ?? { caller: { kind: 'anonymous' } }, trace: trace ?? TRACE, client, deadline, signal },
  ];
}

const TRACE = { traceId: '1'.repeat(32), traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-00` };

export function user(sessionId: string): Caller {
  const proofs = { authenticatedAt: new Date(), emailVerified: true };
  return { kind: 'user', userId: 'ann', sessionId, roles: [], scopes: [], ...proofs, expiresAt: new Date(8e15) };
}
