import { ANONYMOUS } from '@marquee/identity';
import { expect, test } from 'vitest';
import { answer } from '../raw-server.ts';
import { always, DATA, rawServers } from '../raw-servers.ts';
import { subgraphRequest } from '../request.ts';

const { serve } = rawServers('http1');

test('a request is one head and one body', async () => {
  const { server, transport } = await serve(always(answer(DATA)), { now: () => 1_000 });
  const [request, context] = subgraphRequest({
    variables: { name: 'Zoë 🎟' },
    identity: { caller: ANONYMOUS, authorization: 'Bearer t' },
    deadline: 6_000,
  });
  await transport.execute(request, context);
  const { host } = new URL(server.url);
  const body = Buffer.from(request.body).toString('latin1');
  expect(server.connections[0]?.received).toBe(
    [
      'POST /graphql HTTP/1.1',
      `host: ${host}`,
      'connection: keep-alive',
      'content-type: application/json',
      'accept: application/json',
      'marquee-timeout-ms: 5000',
      `traceparent: ${context.trace.traceparent}`,
      'authorization: Bearer t',
      `content-length: ${body.length}`,
      '',
      body,
    ].join('\r\n'),
  );
});
