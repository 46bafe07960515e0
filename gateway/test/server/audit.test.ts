import { serverAudits } from 'graphql-http';
import { beforeAll, expect, test } from 'vitest';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { createGateway } from '../../src/create-gateway.ts';
import { theatre } from './theatre.ts';

// The audit sends only queries like `{ __typename }`, so all its tests share one gateway.
let url = '';

beforeAll(async () => {
  const backend = theatre();
  const gateway = await createGateway({
    supergraph: { sdl: backend.sdl },
    transportFor: (name) => inProcessTransport(backend.subgraphs[name] as never),
    identity: { jwks: () => ({ keys: [] }) },
  });
  url = `${await gateway.listen(0)}/graphql`;
  return () => gateway.stop();
});

test.each(serverAudits({ url: () => url, fetchFn: fetch }).map((audit) => [audit.id, audit.name, audit] as const))(
  'GraphQL over HTTP audit %s: %s',
  async (_id, name, audit) => {
    const result = await audit.fn();
    if (name.startsWith('MAY')) return;
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  },
);
