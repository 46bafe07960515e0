import { type AddressInfo, createServer, type Server } from 'node:net';
import { databaseUrl } from '@marquee/database';
import { afterAll, expect, inject, test } from 'vitest';
import { requireReachable } from '../src/reachable.ts';
import { settingsFrom } from '../src/settings.ts';

const servers: Server[] = [];
afterAll(() => void servers.map((server) => server.close()));

/** A server that answers whatever it gets with `answer`, or never. */
async function serverThatSays(answer?: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => answer !== undefined && socket.end(answer));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const check = (variables: Record<string, string>): Promise<void> =>
  requireReachable(settingsFrom(variables, ['booking']));
const address = (variable: string, authority: string): string =>
  variable === 'REDIS_URL' ? `redis://:secret@${authority}` : `postgresql://me:secret@${authority}/postgres`;

// Together, because each takes the 3 seconds in which a server may answer.
test('a DATABASE_URL, DATABASE_URL_BOOKING or REDIS_URL that cannot be used is named in one line without its password', async () => {
  const [silent, http] = [await serverThatSays(), await serverThatSays('HTTP/1.1 400 Bad Request\r\n\r\n')];
  const reasons = {
    '127.0.0.1:1': 'ECONNREFUSED',
    'no-such-host.invalid:5432': 'no-such-host.invalid',
    [`127.0.0.1:${silent}`]: 'no answer within 3 s',
    [`127.0.0.1:${http}`]: 'cannot be used: ',
  };
  const cases = ['DATABASE_URL', 'DATABASE_URL_BOOKING', 'REDIS_URL'].flatMap((variable) =>
    Object.entries(reasons).map(([authority, reason]) => ({ variable, authority, reason })),
  );
  const refuse = async ({ variable, authority, reason }: (typeof cases)[number]): Promise<void> => {
    const refusal = await check({ [variable]: address(variable, authority) }).catch((error: Error) => error.message);
    expect(refusal).toContain(`${variable} names a server at ${authority}`);
    expect(refusal).toContain(reason);
    expect(refusal).not.toMatch(/secret|\n/);
  };
  await Promise.all(cases.map(refuse));
});

test('servers that answer are accepted, and a wrong password is told', async () => {
  const [right, wrong] = [
    { DATABASE_URL: inject('postgresUrl'), REDIS_URL: inject('redisUrl') },
    { DATABASE_URL: withPassword(inject('postgresUrl')), REDIS_URL: withPassword(inject('redisUrl')) },
  ];
  await check(right);
  await check({ DATABASE_URL_BOOKING: databaseUrl(right.DATABASE_URL, 'that-is-created-later') });
  await expect(check({ REDIS_URL: wrong.REDIS_URL })).rejects.toThrow(/REDIS_URL .*WRONGPASS/);
  await expect(check({ DATABASE_URL: wrong.DATABASE_URL })).rejects.toThrow(/DATABASE_URL .*password authentication/);
});

function withPassword(text: string): string {
  const url = new URL(text);
  url.password = 'wrong';
  return url.href;
}
