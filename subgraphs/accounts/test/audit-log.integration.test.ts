import { randomUUID } from 'node:crypto';
import type { SqlTransaction } from '@marquee/database';
import type { AuditedType, DomainEvent } from '@marquee/events';
import { encodeCursor, type UserCaller } from '@marquee/subgraph';
import { userCaller } from '@marquee/testkit/harness';
import { beforeAll, expect, test } from 'vitest';

import { audit } from '../src/audit.ts';
import type { AuditedOutbox } from '../src/adapters/audit-outboxes.ts';
import { appendToAuditLog } from '../src/adapters/audit-log.ts';
import { type AccountsHarness, openAccounts, registered } from './harness.ts';

const AUDIT_LOG = `query ($filter: AuditLogFilterInput, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    edges { node { id at actor { id displayName } action subjectType subjectId detail } }
    pageInfo { hasNextPage endCursor } } }`;

let harness: AccountsHarness;
let agent: UserCaller;
const auditor = userCaller('usr_auditor', ['audit:read']);
beforeAll(async () => {
  harness = await openAccounts();
  ({ caller: agent } = await registered(harness));
});

interface Page {
  readonly edges: readonly { readonly node: Record<string, unknown> }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function read(filter: object = {}, page: object = {}): Promise<Page> {
  return (await harness.field(AUDIT_LOG, { filter, ...page }, { caller: auditor })) as unknown as Page;
}

const action = (subjectId: string, more: object = {}) => ({
  ...{ actorId: agent.userId, action: 'booking.cancelled', subjectType: 'Booking', subjectId, detail: null },
  ...more,
});

async function verdict(
  args: readonly string[] = [],
  outboxes: readonly AuditedOutbox[] = [],
): Promise<{ findings: string[]; end: string }> {
  const lines = audit(harness.database, args, outboxes);
  const findings: string[] = [];
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return { findings, end: value.split(' ').at(-1) ?? '' };
    findings.push(value);
  }
}

function eventOn(subjectId: string): DomainEvent<AuditedType> {
  const occurredAt = new Date().toISOString();
  return { id: randomUUID(), type: 'booking.audited', key: subjectId, occurredAt, payload: action(subjectId) };
}

/** An entry, as the consumer adds it. */
function added(subjectId: string): Promise<void> {
  return harness.database.$sqlTransaction((tx) => appendToAuditLog([eventOn(subjectId)], tx));
}

/** A transaction whose writers do not wait for each other, but read the end of the chain at the same time. */
function withoutLock(tx: SqlTransaction, all: Barrier): SqlTransaction {
  let reads = 0;
  return {
    $executeRaw: (...query) => ((reads += 1) === 1 ? Promise.resolve(0) : tx.$executeRaw(...query)),
    $queryRaw: async (...query) => {
      const found = await tx.$queryRaw(...query);
      await all();
      return found as never;
    },
  };
}

type Barrier = () => Promise<void>;

/** Resolves for all once as many as given have arrived. */
function barrier(parties: number): Barrier {
  let arrived = 0;
  const { promise, resolve } = withResolvers();
  return () => {
    if ((arrived += 1) === parties) resolve();
    return promise;
  };
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

test('what any domain tells is read, the latest first, by person, subject, action and time', async () => {
  await harness.deliver('booking.audited', action('lon_bkg_1'));
  await harness.deliver('payments.audited', action('pay_1', { action: 'payment.refunded', subjectType: 'Payment' }));
  const all = await read({ actorId: agent.userId });
  expect(all.edges.map(({ node }) => node)).toMatchObject([
    { action: 'payment.refunded', subjectType: 'Payment', subjectId: 'pay_1', detail: null },
    { action: 'booking.cancelled', actor: { id: agent.userId, displayName: 'Ada Lovelace' } },
  ]);
  const first = await read({}, { first: 1 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await read({}, { first: 1, after: first.pageInfo.endCursor });
  expect(rest.edges[0]?.node['subjectId']).toBe('lon_bkg_1');
  for (const [filter, found] of [
    [{ subjectId: 'pay_1' }, 1],
    [{ subjectType: 'Booking' }, 1],
    [{ action: 'payment.refunded', subjectId: 'lon_bkg_1' }, 0],
    [{ actorId: 'usr_other' }, 0],
    [{ from: new Date(Date.now() + 60_000).toISOString() }, 0],
    [{ subjectId: 'no id', action: 'ä' }, 0],
  ] as const) {
    expect((await read(filter)).edges).toHaveLength(found);
  }
});

test('whoever reads the log is in it, and others read nothing', async () => {
  await read({ actorId: agent.userId });
  const events = await harness.database.outboxEvent.findMany({ where: { type: 'accounts.audited' } });
  const payload = { actorId: 'usr_auditor', action: 'audit-log.read', detail: `by ${agent.userId}` };
  expect(events.map((event) => event.payload)).toContainEqual(expect.objectContaining(payload));
  const denied = await harness.execute(AUDIT_LOG, userCaller('usr_support', ['users:read']));
  expect(denied).toMatchObject({ data: null, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test.each([['x'], [1.5], [2 ** 60], ['']])('a cursor that was forged is refused: %j', async (seq) => {
  const after = encodeCursor([seq]);
  const { errors } = await harness.execute(AUDIT_LOG, auditor, { after });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
});

test('support that reads an account is in the log before it has the answer; the owner is not', async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id email createdAt } } }`;
  const { caller } = await registered(harness);
  const of = [{ __typename: 'User', id: caller.userId }];
  const looks = () => harness.database.outboxEvent.count({ where: { type: 'accounts.audited', key: caller.userId } });
  await harness.execute(query, caller, { of });
  expect(await looks()).toBe(0);
  await harness.execute(query, userCaller('usr_support', ['users:read']), { of });
  expect(await looks()).toBe(1);
});

test('entries that are added at once become one chain', async () => {
  const from = new Date().toISOString();
  await Promise.all(Array.from({ length: 8 }, (_, each) => added(`lon_bkg_race_${each}`)));
  expect((await read({ from })).edges).toHaveLength(8);
  expect((await verdict()).findings).toEqual([]);
});

test('control: writers that do not wait for each other collide', async () => {
  const all = barrier(2);
  const writers = ['lon_bkg_control_1', 'lon_bkg_control_2'].map((subjectId) =>
    harness.database.$sqlTransaction((tx) => appendToAuditLog([eventOn(subjectId)], withoutLock(tx, all))),
  );
  const outcomes = await Promise.allSettled(writers);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the audit finds entries that their domain tells otherwise, did not tell, and told in vain', async () => {
  const ofPromotions = (subjectId: string) => ({ ...eventOn(subjectId), type: 'promotions.audited' as const });
  const [right, changed] = [ofPromotions('cpn_1'), ofPromotions('cpn_2')];
  const [invented, lost] = [ofPromotions('cpn_3'), ofPromotions('cpn_4')];
  await harness.database.$sqlTransaction((tx) => appendToAuditLog([right, changed, invented], tx));
  const publishedAt = new Date(Date.now() - 600_000);
  const kept = [right, { ...changed, payload: action('cpn_2', { actorId: 'usr_other' }) }, lost];
  await harness.database.outboxEvent.createMany({ data: kept.map((event) => ({ ...event, publishedAt })) });
  const { edges } = await read({ subjectType: 'Booking' }, { first: 100 });
  const seqOf = (id: string) =>
    String(edges.find(({ node }) => node['subjectId'] === id)?.node['id']).replace('aud_', '');
  const { findings } = await verdict([], [{ domain: 'promotions', client: harness.database }]);
  expect(findings).toEqual([
    `entry ${seqOf('cpn_2')} differs from what promotions told`,
    `booking.cancelled of promotions is not in the log: event ${lost.id}`,
    `entry ${seqOf('cpn_3')} was not told by promotions`,
  ]);
});

test('no statement changes, deletes or cuts off an entry', async () => {
  await added('lon_bkg_kept');
  for (const statement of [
    `UPDATE audit_log SET detail = 'nothing'`,
    'DELETE FROM audit_log',
    'TRUNCATE audit_log',
    `SET LOCAL session_replication_role = replica; DELETE FROM audit_log`,
  ]) {
    const run = harness.database.$transaction(async (tx) => {
      for (const part of statement.split('; ')) await tx.$executeRawUnsafe(part);
    });
    await expect(run).rejects.toThrow('append-only');
  }
});

test('the audit names an entry that was changed behind the trigger’s back, and misses a cut-off end', async () => {
  await added('lon_bkg_last');
  const { findings, end } = await verdict();
  expect(findings).toEqual([]);
  expect((await verdict(['--since', end])).findings).toEqual([]);
  const [seq = ''] = end.split(':');
  const tampered = async (statement: string) => {
    await harness.database.$executeRawUnsafe('ALTER TABLE audit_log DISABLE TRIGGER ALL');
    await harness.database.$executeRawUnsafe(statement);
    await harness.database.$executeRawUnsafe('ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only');
  };
  await tampered(`DELETE FROM audit_log WHERE seq = ${seq}`);
  expect((await verdict()).findings).toEqual([]);
  expect((await verdict(['--since', end])).findings).toEqual([
    `${end} is not in the log: it was cut off or written anew`,
  ]);
  await tampered("UPDATE audit_log SET actor_id = 'usr_somebody' WHERE seq = 2");
  expect((await verdict()).findings).toEqual(['entry 2 was changed; all before it is right']);
});
