import { expect, test } from 'vitest';

import { send, startGateway } from '../server/gateway-under-test.ts';
import { limitedTheatre, TRANSPORTS } from '../server/limited-inputs.ts';

const TWO = [
  'mutation { a: confirm(code: "1") b: confirm(code: "2") }',
  'mutation ($c: String!) { confirm(code: $c) ...F } fragment F on Mutation { logIn(input: { name: "a", password: "b" }) }',
];

test.each(TRANSPORTS)('over %s, an operation has one field that takes a credential', async (_name, errorsOf) => {
  const gateway = await startGateway({}, limitedTheatre());
  for (const query of TWO) {
    expect(await errorsOf(gateway, query, { c: '1' })).toMatchObject([
      { message: expect.stringContaining('Send one field'), extensions: { code: 'OPERATION_TOO_LARGE', max: 1 } },
    ]);
  }
  expect(gateway.theatre.log.requests).toEqual([]);
  expect(
    await errorsOf(gateway, 'mutation { confirm(code: "1") rename(id: "s1", title: "Faust") { id } }', {}),
  ).toEqual([]);
});

test('a batch has one operation that takes a credential, and its other operations are answered', async () => {
  const { url, theatre } = await startGateway({}, limitedTheatre());
  const confirm = { query: 'mutation ($c: String!) { confirm(code: $c) }' };
  const guesses = Array.from({ length: 4 }, (_, n) => ({ ...confirm, variables: { c: String(n) } }));
  const ask = async (operations: object[]) => {
    const headers = { 'content-type': 'application/json' };
    const { text } = await send(url, { method: 'POST', headers, body: JSON.stringify(operations) });
    return JSON.parse(text) as { data?: unknown; errors?: { extensions: { code: string } }[] }[];
  };
  const [bystander, ...answers] = await ask([{ query: '{ shows { id } }' }, ...guesses]);
  expect(bystander).toEqual({ data: { shows: [{ id: 's1' }, { id: 's2' }] } });
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code);
  expect(codes).toEqual([undefined, ...Array<string>(3).fill('OPERATION_TOO_LARGE')]);
  expect(theatre.log.requests.filter(({ request }) => request.query.includes('confirm'))).toHaveLength(1);
  // A request of its own may try again.
  expect((await ask([guesses[1] ?? confirm]))[0]?.errors).toBeUndefined();
});
