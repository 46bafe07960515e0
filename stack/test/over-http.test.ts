import { CookieBrowser, eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphClient, registeredOperations } from '../src/client/index.ts';
import { chooseSeats } from '../src/demo/choose-show.ts';
import { watchSeats } from '../src/demo/book-a-seat.ts';
import { HoldSeats, Login } from '../src/demo/operations.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';

/** The distributed topology: subgraphs have reachable ports, and can be down. */
let marketplace: Marketplace;

beforeAll(async () => {
  marketplace = await openMarketplace({ topology: 'over-http', gateway: { rateLimits: false } });
}, 120_000);

afterAll(() => marketplace?.stop());

const storefront = registeredOperations('storefront');

interface Answered {
  finishProviderSignIn: { __typename: string };
}

interface Answer {
  data?: { show?: { title: { name: string }; availability: { available: number } | null } | null };
  errors?: { path: string[]; extensions: Record<string, unknown> }[];
}

const SHOW = 'query ($id: ID!) { show(id: $id) { title { name } availability { available } } }';

async function ask(url: string, body: object, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(url, { ...init, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Answer };
}

function askForShow(): Promise<{ status: number; body: Answer }> {
  return ask(marketplace.endpoint, { query: SHOW, variables: { id: marketplace.showId } });
}

function subgraph(name: string) {
  const found = marketplace.overHttp?.subgraphs.get(name);
  if (!found) throw new Error(`${name} is not served`);
  return found;
}

async function accessToken(): Promise<string> {
  const input = { email: 'customer@marquee.test', password: 'marquee-demo-1' };
  return (await marketplace.client().request(Login, { input })).login.accessToken ?? '';
}

test('a subgraph called directly on its port accepts only tokens signed by accounts', async () => {
  const mine = { query: '{ _entities(representations: [{ __typename: "User", id: "x" }]) { __typename } }' };
  const token = await accessToken();
  const { url } = subgraph('booking');
  expect((await ask(url, mine, { authorization: `Bearer ${token}` })).status).toBe(200);
  const [header = '', , signature = ''] = token.split('.');
  const admin = { sub: 'usr_admin', sid: 'ses_1', roles: ['ADMIN'], scope: 'users:read', iss: 'marquee' };
  const claims = { ...admin, aud: 'marquee-api', exp: Math.ceil(Date.now() / 1000) + 600 };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const forged = await ask(url, mine, { authorization: `Bearer ${header}.${payload}.${signature}` });
  expect(forged).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  expect(forged.body.data).toBeUndefined();
});

test('one signs in with a provider through the gateway, in the browser that began it', async () => {
  const { signInUrl = '', endpoint } = marketplace;
  const pages = new URL('/pages/accounts/', endpoint).href;
  const browser = new CookieBrowser();
  const form = { email: 'pia@example.com', name: 'Pia', verified: 'yes', answer: 'sign-in' };
  const asked = await browser.follow(signInUrl, (address) => address.includes('/interaction/'));
  const callback = await browser.follow(asked, (address) => address.startsWith(pages), form);
  const FinishProviderSignIn = storefront<Answered, { code: string }>('FinishProviderSignIn');
  const finish = async (text: string) => {
    const [code = ''] = /sign-in_[\w-]{43}/.exec(text) ?? [];
    return (await marketplace.client().request(FinishProviderSignIn, { code })).finishProviderSignIn;
  };
  expect(await finish(await new CookieBrowser().read(callback))).toMatchObject({ __typename: 'ProviderSignInError' });
  expect(await finish(await browser.read(callback))).toMatchObject({ user: { displayName: 'Pia' } });
});

test('while a subgraph is down only its fields are missing, and they come back with it', async () => {
  const whole = await askForShow();
  expect(whole.body).toEqual({
    data: { show: { title: { name: 'The Long Take' }, availability: { available: expect.any(Number) } } },
  });
  const booking = subgraph('booking');
  const enough = new AbortController();
  const answers: Answer[] = [];
  const asking = Array.from({ length: 4 }, async () => {
    while (!enough.signal.aborted) answers.push((await askForShow()).body);
  });
  await booking.stop();
  await eventually(() => expect(answers.filter(({ errors }) => errors).length).toBeGreaterThan(10));
  await booking.serve();
  await eventually(async () => expect((await askForShow()).body).toEqual(whole.body));
  enough.abort();
  await Promise.all(asking);

  const missing = {
    data: { show: { title: { name: 'The Long Take' }, availability: null } },
    errors: [{ path: ['show'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' } }],
  };
  for (const answer of answers.filter(({ errors }) => errors)) expect(answer).toMatchObject(missing);
  for (const answer of answers.filter(({ errors }) => !errors)) expect(answer).toEqual(whole.body);
});

test('a subscriber at one gateway sees changes made at another, also after an outage of the subgraph', async () => {
  const elsewhere = (await marketplace.overHttp?.addGateway()) ?? '';
  const customer = graphClient({ endpoint: elsewhere, accessToken: await accessToken() });
  const viewer = await marketplace.logIn('customer2');
  const seatMap = await watchSeats(viewer, marketplace.showId);
  try {
    const hold = async (): Promise<string> => {
      const [seat] = await chooseSeats(customer, marketplace.showId, 1);
      const seatIds = [seat?.id ?? ''];
      const input = { showId: marketplace.showId, seatIds, idempotencyKey: crypto.randomUUID() };
      expect((await customer.request(HoldSeats, { input })).holdSeats.hold).toBeDefined();
      return seatIds[0] ?? '';
    };
    const isSeen = (seatId: string) =>
      seatMap.next('the held seat', ({ seatMapChanged: { seats, show } }) => {
        return seats.some(({ id }) => id === seatId) && show.title.name === 'The Long Take';
      });
    await isSeen(await hold());
    await subgraph('booking').stop();
    await subgraph('booking').serve();
    // A client learns only by the next event that its upstream is back.
    await eventually(async () => isSeenSoon(await hold(), isSeen), { timeoutMs: 12_000 });
  } finally {
    await customer.close();
  }
});

/** @throws when the seat is not seen within a second */
async function isSeenSoon(seatId: string, isSeen: (seatId: string) => Promise<unknown>): Promise<void> {
  const late = new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error(`${seatId} was not seen`)), 1_000).unref();
  });
  await Promise.race([isSeen(seatId), late]);
}
