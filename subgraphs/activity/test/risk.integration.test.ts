import { PrismaClient } from '@marquee/prisma-activity';
import type { PayloadOf } from '@marquee/events';
import { newId } from '@marquee/subgraph';
import { openHarness, userCaller } from '@marquee/testkit/harness';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

import { RiskRepository } from '../src/adapters/risk/people.ts';
import { judgeBy } from '../src/domain/risk/judge.ts';
import { DEFAULT_THRESHOLDS } from '../src/domain/risk/settings.ts';
import { trainedModel } from '../src/domain/risk/trained-model.ts';
import { subgraph } from '../src/subgraph.ts';
import { scorePeople } from '../src/use-cases/score-people.ts';

const world = await openHarness(subgraph, PrismaClient, { start: false });
const { database, execute, deliver, statements } = world;
const risks = new RiskRepository(database);
const scoring = { model: trainedModel, ruleWeights: {} };
const judge = judgeBy(scoring, DEFAULT_THRESHOLDS);
const score = (): Promise<number> => scorePeople({ risks, scoring, thresholds: DEFAULT_THRESHOLDS });

const analyst = userCaller(newId('usr'), ['risk:read']);
const admin = userCaller(newId('usr'), ['risk:read', 'risk:write']);

const CASES = `query ($status: [RiskCaseStatus!]) {
  riskCases(status: $status, first: 50) {
    edges { node { id score reasons status note user { id } booking { id } } }
  }
}`;
const DECIDE = `mutation ($caseId: ID!, $decision: RiskDecision!) {
  decideRiskCase(caseId: $caseId, decision: $decision, note: "Seen.") {
    __typename ... on DecideRiskCasePayload { case { id status } } ... on UserError { message }
  }
}`;

interface Case {
  readonly id: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly status: string;
  readonly user: { readonly id: string };
  readonly booking: { readonly id: string } | null;
}

async function casesOf(userId: string): Promise<Case[]> {
  const { data } = await execute(CASES, analyst);
  const { riskCases } = data as { riskCases: { edges: { node: Case }[] } };
  return riskCases.edges.map(({ node }) => node).filter(({ user }) => user.id === userId);
}

async function decide(caseId: string, decision: string, caller = admin) {
  const { data, errors } = await execute(DECIDE, caller, { caseId, decision });
  return { result: data?.['decideRiskCase'] as { __typename: string } | undefined, errors };
}

/** A payment with one of many stolen cards. */
const declined = (userId: string, card: number): PayloadOf<'payment.failed'> => ({
  ...{ paymentId: newId('pay'), bookingId: 'ams_bkg_1', customerId: userId, purpose: 'BOOKING' },
  ...{ amount: { amount: 100, currency: 'EUR' }, declineCode: 'do_not_honor' },
  cardFingerprint: `card_${userId}_${card}`,
});

async function tryCards(userId: string, count: number): Promise<void> {
  for (let card = 0; card < count; card += 1) await deliver('payment.failed', declined(userId, card));
}

/** Somebody with an open case. */
async function suspect(): Promise<{ userId: string; found: Case }> {
  const userId = newId('usr');
  await tryCards(userId, 9);
  await score();
  const [found] = await casesOf(userId);
  if (!found) throw new Error('No case was opened.');
  return { userId, found };
}

const levelsOf = async (userId: string) =>
  (
    await database.outboxEvent.findMany({
      where: { key: userId, type: 'activity.risk-changed' },
      orderBy: { seq: 'asc' },
    })
  ).map(({ payload }) => payload as { version: number; level: string; until: string | null });

test('who tries many cards gets a level, others are told of it, and a case is opened', async () => {
  const { userId, found } = await suspect();
  expect(found).toMatchObject({ status: 'OPEN', booking: { id: 'ams_bkg_1' } });
  expect(found.reasons).toContain('MANY_CARDS');
  const [told] = await levelsOf(userId);
  expect(told).toMatchObject({ version: 1 });
  expect(['CHALLENGE', 'BLOCK']).toContain(told?.level);
  const stored = await database.riskScore.findFirst({ where: { userId } });
  expect(stored).toMatchObject({ modelVersion: trainedModel.version, features: { cards: 9, declinedCards: 9 } });
  const opened = await database.outboxEvent.findFirst({ where: { key: found.id, type: 'activity.risk-case-opened' } });
  expect(opened?.payload).toMatchObject({ caseId: found.id });
});

test('a case is pushed to analysts as the events come in', async () => {
  const live = await openHarness(subgraph, PrismaClient);
  const stream = await live.subgraph.subscribe({
    query: 'subscription { riskCaseOpened { reasons user { id } } }',
    caller: analyst,
  });
  const { next } = stream as AsyncIterableIterator<unknown>;
  const userId = newId('usr');
  for (let card = 0; card < 9; card += 1) await live.emit('payment.failed', declined(userId, card), { key: userId });
  expect((await next.call(stream)).value).toMatchObject({
    data: { riskCaseOpened: { reasons: expect.arrayContaining(['MANY_CARDS']), user: { id: userId } } },
  });
});

test('a ring is found by the device that it shares, and who joined by the same code without it is left alone', async () => {
  const [honest, ...ring] = Array.from({ length: 6 }, () => newId('usr')) as [string, ...string[]];
  const at = new Date();
  const seen = { kind: 'DEVICE', key: randomUUID(), firstAt: at, lastAt: at };
  await database.riskLink.createMany({ data: ring.map((userId) => ({ ...seen, userId })) });
  for (const userId of [honest, ...ring]) await deliver('account.registered', { userId, referralCode: 'FRIENDS' });
  await deliver('payment.succeeded', {
    ...declined(honest, 0),
    method: 'CARD',
    amount: { amount: 100, currency: 'EUR' },
  });
  await score();
  expect(await levelsOf(honest)).toEqual([]);
  for (const userId of ring) expect(await levelsOf(userId)).not.toEqual([]);
});

test('an event that comes twice counts once', async () => {
  const userId = newId('usr');
  const id = randomUUID();
  const event = { id, type: 'account.registered', key: userId, occurredAt: new Date().toISOString() } as const;
  for (let time = 0; time < 2; time += 1)
    await world.subgraph.handle({ ...event, payload: { userId, referralCode: 'FRIEND1' } });
  expect(await database.riskSignal.count({ where: { userId } })).toBe(1);
  expect(await database.riskLink.count({ where: { userId } })).toBe(1);
});

test('what becomes known while somebody is scored is scored afterwards', async () => {
  const userId = newId('usr');
  await tryCards(userId, 1);
  const late: Promise<void>[] = [];
  await risks.scoreDue(100, (person) => {
    if (person.userId === userId) late.push(tryCards(userId, 1));
    return judge(person);
  });
  await Promise.all(late);
  expect((await risks.due()).people).toBe(1);
  await score();
  expect(await database.riskScore.count({ where: { userId } })).toBe(2);
});

test('only who has the scope reads cases, is told of new ones, and decides', async () => {
  const { found } = await suspect();
  for (const caller of [userCaller(), { kind: 'anonymous' } as const]) {
    expect((await execute(CASES, caller)).errors).toHaveLength(1);
    expect((await decide(found.id, 'CLEAR', caller as typeof admin)).result ?? null).toBeNull();
    const refused = await world.subgraph.subscribe({ query: 'subscription { riskCaseOpened { id } }', caller });
    expect(refused).toHaveProperty('errors');
  }
  expect((await decide(found.id, 'CLEAR', analyst)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  expect((await decide('rsk_unknown', 'CLEAR')).errors?.[0]?.extensions?.['code']).toBe('NOT_FOUND');
});

test('nobody decides on a case about themselves', async () => {
  const { userId, found } = await suspect();
  const themselves = userCaller(userId, ['risk:read', 'risk:write']);
  expect((await decide(found.id, 'CLEAR', themselves)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
});

test('a block is for good, and is lifted by clearing the case', async () => {
  const { userId, found } = await suspect();
  expect((await decide(found.id, 'BLOCK')).result).toMatchObject({ case: { status: 'BLOCKED' } });
  await tryCards(userId, 9);
  await score();
  expect((await levelsOf(userId)).at(-1)).toMatchObject({ level: 'BLOCK', until: null });
  expect(await casesOf(userId)).toHaveLength(1);
  expect((await decide(found.id, 'BLOCK')).result).toMatchObject({ __typename: 'RiskCaseDecidedError' });
  expect((await decide(found.id, 'CLEAR')).result).toMatchObject({ case: { status: 'CLEARED' } });
  expect((await levelsOf(userId)).at(-1)).toMatchObject({ level: 'NONE' });
});

test('a cleared person is not brought back by the same evidence, only by more', async () => {
  const { userId, found } = await suspect();
  await decide(found.id, 'CLEAR');
  await tryCards(userId, 1);
  await score();
  expect(await casesOf(userId)).toHaveLength(1);
  expect((await levelsOf(userId)).at(-1)).toMatchObject({ level: 'NONE' });
  await tryCards(userId, 20);
  await score();
  expect((await casesOf(userId)).map(({ status }) => status).toSorted()).toEqual(['CLEARED', 'OPEN']);
  const decided = await database.riskCase.findFirst({ where: { id: found.id } });
  expect(decided).toMatchObject({ decidedBy: admin.userId, features: { cards: 9 }, note: 'Seen.' });
});

test('of two analysts who decide at once one does, and each decision is in the audit log', async () => {
  const { found } = await suspect();
  const answers = await Promise.all([decide(found.id, 'BLOCK'), decide(found.id, 'BLOCK')]);
  expect(answers.map(({ result }) => result?.__typename).toSorted()).toEqual([
    'DecideRiskCasePayload',
    'RiskCaseDecidedError',
  ]);
  const audited = await database.outboxEvent.findMany({ where: { key: found.id, type: 'activity.audited' } });
  expect(audited.map(({ payload }) => payload)).toMatchObject([
    { actorId: admin.userId, action: 'risk-case.decided', detail: 'OPEN to BLOCKED' },
  ]);
});

const PROCESSES = 4;

/** Opens a case of one person in several transactions, each of which saw none that is open. @returns how many are open */
async function race(): Promise<number> {
  const userId = newId('usr');
  let waiting = PROCESSES;
  let open: () => void = () => undefined;
  const allLooked = new Promise<void>((resolve) => (open = resolve));
  const openOne = (process: number) =>
    database.$sqlTransaction(async (tx) => {
      expect(await tx.$queryRaw`SELECT FROM risk_cases WHERE user_id = ${userId}`).toEqual([]);
      if ((waiting -= 1) === 0) open();
      await allLooked;
      await tx.$executeRaw`
        INSERT INTO risk_cases (id, user_id, status, score, reasons, model_version, features, detected_at, version)
        VALUES (${newId('rsk')}, ${userId}, 'OPEN', 1, '{}', 'race', '{}', now(), ${1_000_000 + process}::int)`;
    });
  await Promise.allSettled(Array.from({ length: PROCESSES }, (_, process) => openOne(process)));
  const { count } = await database.riskCase.deleteMany({ where: { userId, status: 'OPEN' } });
  return count;
}

test('a person has one open case, whoever opens it at the same time', async () => {
  expect(await race()).toBe(1);
});

test('many processes that score at once open one case a person, numbered without a gap', async () => {
  const before = await database.riskCase.findMany({ where: { modelVersion: trainedModel.version } });
  const people = Array.from({ length: 6 }, () => newId('usr'));
  for (const userId of people) await tryCards(userId, 9);
  await Promise.all(Array.from({ length: 6 }, () => risks.scoreDue(7, judge)));
  await score();
  for (const userId of people) expect(await casesOf(userId)).toHaveLength(1);
  const all = await database.riskCase.findMany({ where: { modelVersion: trainedModel.version } });
  expect(all.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index + 1));
  expect(all).toHaveLength(before.length + 6);
});

test('control: without the index of open cases some people have several', async () => {
  await database.$executeRaw`DROP INDEX risk_cases_one_open`;
  try {
    expect(await race()).toBe(PROCESSES);
  } finally {
    await database.$executeRaw`CREATE UNIQUE INDEX risk_cases_one_open ON risk_cases (user_id) WHERE status = 'OPEN'`;
  }
});

test('a page of cases is one statement, however many there are', async () => {
  await suspect();
  const sent = await statements.during(() => execute(CASES, analyst));
  expect(sent.filter((statement) => statement.includes('risk_cases'))).toHaveLength(1);
});

test('an erased person has no facts, links, scores or cases left, and their data is theirs to see before', async () => {
  const { userId, found } = await suspect();
  const { data } = await execute(`{ personalData(userId: "${userId}") }`, { kind: 'service', name: 'accounts' });
  expect(JSON.parse(String(data?.['personalData']))).toMatchObject({ riskCases: [{ status: 'OPEN' }] });
  await deliver('account.erased', { userId });
  const left = await Promise.all([
    database.riskSignal.count({ where: { userId } }),
    database.riskLink.count({ where: { userId } }),
    database.riskScore.count({ where: { userId } }),
    database.riskCase.count({ where: { id: found.id } }),
    database.riskPerson.count({ where: { userId } }),
  ]);
  expect(left).toEqual([0, 0, 0, 0, 0]);
});
