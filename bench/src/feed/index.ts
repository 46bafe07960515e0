import { recallOfHeldOut } from '../../../subgraphs/feed/test/held-out.ts';
import { atLeast, below, type BenchmarkOptions, machine } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';
import { CITY, fill, personId, type Size } from './fill.ts';
import { openWorld, type World } from './world.ts';

const FULL: Size = {
  people: 1_000_000,
  titlesOfPerson: 8,
  titles: 5_000,
  pairsOfTitle: 200,
  titlesOfCity: 300,
  venues: 8,
};
const QUICK: Size = { ...FULL, people: 20_000, titles: 1_000 };
const READERS = 400;
const CROWD = 8;
const WARM_ROUNDS = 3;
const WARM_P95_MS = 50;
const RECALL = { seed: 11, people: 4_000, days: 10, heldOutDays: 4, titles: 300, sessionsPerWeek: 4, judged: 1_000 };
const QUICK_RECALL = { ...RECALL, people: 800, judged: 200 };

const QUERY = `query ($cityId: ID!) { homeFeed(cityId: $cityId) { sections(first: 6) {
  edges { node { kind title items(first: 12) {
    __typename
    ... on TitleCard { reason title { id } nextShow { id } }
    ... on SponsoredCard { impressionToken headline imageUrl title { id } }
  } } }
  pageInfo { hasNextPage endCursor }
} } }`;

/** Measures reading feeds over the co-visits of a million people, and how well suggestions predict what people look at. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const world = await openWorld();
  try {
    const reads = await measureReads(world, quick ? QUICK : FULL);
    const recall = await measureRecall(world, quick);
    const targets = [
      below('a feed again, p95 in ms', reads.warm.p95, WARM_P95_MS),
      atLeast('recall at 12, times that of popularity', recall.suggested / recall.popular, 1.2),
    ];
    const report = { benchmark: 'feed', machine: machine(), reads, recall, targets };
    console.log(json ? JSON.stringify(report, null, 2) : textOf(report));
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await world.stop();
  }
}

interface Latencies {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly feedsPerSecond: number;
  /** Milliseconds of this process's processor for each. */
  readonly processor: number;
}

async function measureReads(world: World, size: Size) {
  const { url, database } = await world.newDatabase();
  const startedAt = performance.now();
  await fill(database, size);
  console.error(`filled with ${size.people} people in ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  const subgraph = await world.open(url);
  const readers = Array.from({ length: READERS }, (_, reader) =>
    personId(1 + reader * Math.floor(size.people / READERS)),
  );
  const read = async (userId: string): Promise<void> => {
    const caller = {
      kind: 'user',
      userId,
      sessionId: 'ses',
      roles: [],
      scopes: [],
      authenticatedAt: new Date(),
      emailVerified: true,
      expiresAt: new Date('2100-01-01'),
    } as const;
    const { data, errors } = await subgraph.execute({ query: QUERY, caller, variables: { cityId: `cty_${CITY}` } });
    if (errors ?? !data) throw new Error(`A feed was not answered: ${JSON.stringify(errors)}`);
  };
  // The code is compiled, and the city loaded.
  for (let each = 0; each < 50; each += 1) await read(personId(2 + each));
  const again = Array.from({ length: WARM_ROUNDS }, () => readers).flat();
  const cold = await latencies(readers, 1, read);
  const warm = await latencies(again, 1, read);
  const crowd = await latencies(again, CROWD, read);
  return { size, cold, warm, crowd };
}

/** Reads for each person, some at once. */
async function latencies(
  people: readonly string[],
  atOnce: number,
  read: (userId: string) => Promise<void>,
): Promise<Latencies> {
  const took: number[] = [];
  const queue = people.values();
  const [startedAt, usedBefore] = [performance.now(), process.cpuUsage()];
  const reader = async (): Promise<void> => {
    for (const userId of queue) {
      const before = performance.now();
      await read(userId);
      took.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(usedBefore);
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    feedsPerSecond: people.length / seconds,
    processor: (user + system) / 1_000 / people.length,
  };
}

async function measureRecall(world: World, quick: boolean) {
  const { database } = await world.newDatabase();
  return recallOfHeldOut(database, quick ? QUICK_RECALL : RECALL);
}

interface Report {
  readonly reads: Awaited<ReturnType<typeof measureReads>>;
  readonly recall: Awaited<ReturnType<typeof measureRecall>>;
  readonly targets: Parameters<typeof targetsText>[0];
}

function textOf({ reads: { cold, warm, crowd }, recall, targets }: Report): string {
  const row = (what: string, { p50, p95, p99, feedsPerSecond, processor }: Latencies) => [
    what,
    p50,
    p95,
    p99,
    feedsPerSecond,
    processor,
  ];
  return [
    table([
      ['', 'p50 ms', 'p95 ms', 'p99 ms', 'feeds/s', 'processor ms'],
      row('for the first time', cold),
      row('again', warm),
      row(`again, ${CROWD} at once`, crowd),
    ]),
    table([
      ['recall at 12', ''],
      ['suggested', recall.suggested],
      ['most popular', recall.popular],
      ['suggested to a stranger', recall.strangers],
    ]),
    targetsText(targets),
  ].join('\n\n');
}
