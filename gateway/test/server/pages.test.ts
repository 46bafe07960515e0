import { readdirSync } from 'node:fs';
import { buildSchema, type GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { send, startGateway } from './gateway-under-test.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('the address without a path tells a browser and a program what this is', async () => {
  const { gateway } = await startGateway();
  const first = await gateway.app.inject({ url: '/', headers: BROWSER });
  expect([first.statusCode, first.headers.location]).toEqual([302, '/developers']);
  const page = await gateway.app.inject({ url: '/developers', headers: BROWSER });
  expect(page.headers['content-type']).toContain('text/html');
  const addresses = [...page.body.matchAll(/href="(\/[^"]*)"/g)].map(([, address]) => String(address));
  expect(addresses).toEqual(expect.arrayContaining(['/graphql', '/docs/clients', '/docs/errors', '/schema.graphql']));
  for (const url of new Set(addresses)) {
    expect((await gateway.app.inject({ url, headers: BROWSER })).statusCode).toBe(200);
  }
  const places = { graphql: '/graphql', explorer: '/graphql', docs: '/docs/clients', schema: '/schema.graphql' };
  expect((await gateway.app.inject('/')).json()).toMatchObject({ name: 'Marquee', ...places });
});

test('a browser finds a developer’s sandboxes and demo accounts, and not in production', async () => {
  const names = ['mail', 'push', 'cards', 'sign-in'] as const;
  const sandboxPages = Object.fromEntries(names.map((name, index) => [name, `http://127.0.0.1:${4_102 + index}`]));
  const demoAccounts = [
    { role: 'OWNER', roles: ['OWNER'], organisation: null, email: 'owner@marquee.test', password: 'demo <1>' },
  ];
  const pageOf = async (production: boolean) => {
    const { gateway } = await startGateway({ sandboxPages, demoAccounts, settings: { production } });
    return (await gateway.app.inject({ url: '/developers', headers: BROWSER })).body;
  };
  const page = await pageOf(false);
  for (const url of Object.values(sandboxPages)) expect(page).toContain(`href="${url}"`);
  expect(page).toContain('<td>owner@marquee.test</td><td><code>demo &lt;1></code></td>');
  expect(await pageOf(true)).not.toMatch(/127\.0\.0\.1|owner@/);
});

test('an address that leads nowhere shows a browser a page with a way back, and a program JSON', async () => {
  const { gateway } = await startGateway();
  for (const url of ['/join', '/docs/adr']) {
    const page = await gateway.app.inject({ url, headers: BROWSER });
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<a href="/developers">');
    const { statusCode, body } = await gateway.app.inject(url);
    expect([statusCode, JSON.parse(body)]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }]);
  }
});

test('the public SDL has descriptions with what a field needs, and is sent again only when it has changed', async () => {
  const { url } = await startGateway();
  const address = new URL('/schema.graphql', url).href;
  const { status, headers, text } = await send(address, {});
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const schema = buildSchema(text);
  const descriptionOf = (type: string, field: string) =>
    (schema.getType(type) as GraphQLObjectType).getFields()[field]?.description ?? '';
  expect(descriptionOf('Query', 'secret')).toBe('**Needs sign-in.**');
  expect(descriptionOf('Show', 'earnings')).toBe('**Needs sign-in** with the scope sales:read.');
  expect(descriptionOf('Show', 'title')).toBe('');
  const etag = headers.get('etag') ?? '';
  const again = await send(address, { headers: { 'if-none-match': `"other", ${etag}` } });
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
});

test('introspection says what a field needs', async () => {
  const { ask } = await startGateway();
  const { body } = await ask('{ __type(name: "Show") { fields { name description } } }');
  expect(JSON.stringify(body.data)).toContain('**Needs sign-in** with the scope sales:read.');
});

test('every page of the docs is served, its paths may break, and each of its links leads somewhere', async () => {
  const { gateway } = await startGateway();
  const folder = new URL('../../../docs/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  const pages = new Map<string, string>();
  for (const file of files) {
    const url = `/docs/${file.slice(0, -'.md'.length)}`;
    const { statusCode, body } = await gateway.app.inject(url);
    expect([url, statusCode]).toEqual([url, 200]);
    pages.set(url, body);
  }
  expect(pages.get('/docs/clients')).toContain('<a href="/schema.graphql">The public SDL</a>');
  expect(pages.get('/docs/security')).toContain('<code>gateway/<wbr>src/<wbr>settings.ts</code>');
  const links = [...pages].flatMap(([page, body]) =>
    [...body.matchAll(/<a href="((?:\/docs\/|#)[^"]+)"/g)].map(([, address = '']) => ({ page, address })),
  );
  const dead = links.filter(({ page, address }) => {
    const [target = '', anchor] = address.split('#', 2);
    const found = pages.get(target === '' ? page : target);
    return found === undefined || (anchor !== undefined && !found.includes(`id="${anchor}"`));
  });
  expect(dead).toEqual([]);
  for (const url of ['/docs', '/docs/']) {
    expect((await gateway.app.inject(url)).headers.location).toBe('/docs/clients');
  }
});

test('nothing but the docs is served as a page', async () => {
  const { gateway } = await startGateway();
  for (const name of ['nothing', '../package', '%2e%2e/README', '..%2fREADME', 'clients.md']) {
    expect((await gateway.app.inject(`/docs/${name}`)).statusCode).toBe(404);
  }
});

test('pages run no scripts and load nothing from elsewhere', async () => {
  const { gateway } = await startGateway();
  for (const url of ['/developers', '/docs/clients']) {
    const { headers, body } = await gateway.app.inject({ url, headers: BROWSER });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).not.toMatch(/<script|<style|(src|<link [^>]*href)="https?:/);
  }
});

test('in production the address without a path names the endpoint alone', async () => {
  const { gateway } = await startGateway({ settings: { production: true } });
  expect(Object.keys((await gateway.app.inject('/')).json())).toEqual(['name', 'description', 'graphql']);
  for (const url of ['/schema.graphql', '/docs/clients']) {
    expect((await gateway.app.inject(url)).statusCode).toBe(404);
  }
});
