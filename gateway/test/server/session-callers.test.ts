import { expect, test } from 'vitest';

import { type SessionGateway, sessionGateway } from './session-theatre.ts';

const LOGIN = 'mutation { login(password: "right") { ... on AuthPayload { accessToken refreshToken } } }';

test('a mutation is sent as whom its access token says, and anonymously by one that is refused', async () => {
  const shop = await sessionGateway();
  await logIn(shop, await shop.keys.sign());
  await logIn(shop);
  await logIn(shop, await shop.keys.sign({ expiresIn: -60 }));
  await logIn(shop, 'Bearer of-nobody');
  expect(shop.callers).toEqual(['user', 'anonymous', 'anonymous', 'anonymous']);
});

/** Logs in from a page of the gateway's origin. */
async function logIn({ gateway }: SessionGateway, authorization?: string): Promise<void> {
  const host = 'shop.example';
  const { statusCode } = await gateway.app.inject({
    ...{ method: 'POST', url: '/session', payload: { query: LOGIN } },
    headers: {
      host,
      origin: `http://${host}`,
      'sec-fetch-site': 'same-origin',
      ...(authorization && { authorization }),
    },
  });
  expect(statusCode).toBe(200);
}
