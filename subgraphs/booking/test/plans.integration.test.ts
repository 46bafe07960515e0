import pg from 'pg';
import { latePruned, testDatabase } from '@marquee/testkit';
import { beforeAll, expect, test, vi } from 'vitest';

import { subgraph } from '../src/subgraph.ts';
import { type BookingHarness, customer, openBooking, scheduledShow, type TestShow } from './harness.ts';
import { book, hold, read, seatsOf } from './operations.ts';

/** Postgres sends the plan of each statement that it has run, those of functions included, as a notice. */
const EXPLAINED = ['min_duration=0', 'analyze=on', 'nested_statements=on', 'format=json', 'level=notice'];
const BOOKINGS = 16_000;
const MY_BOOKINGS = `query($u: [_Any!]!) { _entities(representations: $u) { ... on User { bookings(first: 10) { edges { node { id } } } } } }`;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops'?: number;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

const plans: PlanNode[] = [];
let harness: BookingHarness;
let show: TestShow;

beforeAll(async () => {
  const emit = pg.Client.prototype.emit;
  vi.spyOn(pg.Client.prototype, 'emit').mockImplementation(function (this: pg.Client, ...args) {
    const plan = args[0] === 'notice' && /plan:\n(.*)$/s.exec(String((args[1] as Error).message))?.[1];
    if (plan) plans.push((JSON.parse(plan) as { Plan: PlanNode }).Plan);
    return emit.apply(this, args);
  });
  const url = new URL((await testDatabase('booking')).url);
  const settings = ['session_preload_libraries=auto_explain', ...EXPLAINED.map((name) => `auto_explain.log_${name}`)];
  url.searchParams.set('options', settings.map((setting) => `-c ${setting}`).join(' '));
  harness = await openBooking({ start: false, databaseUrl: url.href });
  show = await scheduledShow(harness);
});

/** Fills eight cities with sold shows. */
async function fill(): Promise<void> {
  const statements = [
    `CREATE TEMP TABLE sale AS SELECT city || '_bkg_' || n AS id, city, city || '_shw_' || n / 16 AS show_id, 'usr_' || n % 2000 AS who
     FROM generate_series(1, ${BOOKINGS}) AS n,
       LATERAL (SELECT (ARRAY['lon','ams','par','ber','rom','nyc','tok','syd'])[1 + n / 16 % 8] AS city) AS place`,
    `INSERT INTO shows SELECT sold.* FROM (SELECT DISTINCT city, show_id FROM sale) AS sale, shows AS example,
       LATERAL jsonb_populate_record(NULL::shows, to_jsonb(example) || jsonb_build_object('city_code', city, 'id', show_id)) AS sold`,
    `INSERT INTO seat_counts (city_code, show_id, section, tier_name, total_count, sold_count)
     SELECT city, show_id, 'Stalls', 'Standard', 16, 16 FROM sale GROUP BY 1, 2`,
    `INSERT INTO seat_claims (city_code, show_id, seat_id, section, state, booking_id, customer_id)
     SELECT city, show_id, 'A' || id, 'Stalls', 'SOLD', id, who FROM sale`,
    `INSERT INTO tickets (city_code, id, booking_id, show_id, seat_id, seat, status, holder_id)
     SELECT city, 'tkt' || id, id, show_id, 'A' || id, '{}', 'ISSUED', who FROM sale`,
    `INSERT INTO hold_budgets SELECT city, show_id, who, now(), 600, now() FROM sale ON CONFLICT DO NOTHING`,
    `INSERT INTO seat_holds (city_code, id, show_id, customer_id, status, seats, seat_ids, subtotal, currency, expires_at,
       created_at, claimed_count, seat_allowance)
     SELECT city, 'hld' || id, show_id, who, 'CONSUMED', '[]', ARRAY['A' || id], 1, 'GBP', now(), now() - interval '1 h', 1, 9 FROM sale`,
    `INSERT INTO bookings (city_code, id, customer_id, show_id, hold_id, status, version, seats, seat_ids, subtotal, fees, tax,
       discount, total, currency, expires_at, claimed_count, venue_id, cancellation_tiers)
     SELECT city, id, who, show_id, 'hld' || id, 'CONFIRMED', 2, '[]', ARRAY['A' || id], 1, 0, 0, 0, 1, 'GBP', now(), 1, 'v', '[]' FROM sale`,
    'ANALYZE',
  ];
  const connection = new pg.Client({ connectionString: harness.databaseUrl });
  await connection.connect();
  for (const statement of statements) await connection.query(statement);
  await connection.end();
}

/** An operation's scans of the partitioned tables: how, and in how many of the eight partitions. */
async function scansOf(work: () => Promise<unknown>) {
  plans.length = 0;
  await work();
  const scans = plans
    .flatMap(nodesOf)
    .filter((node) => /_p\d$/.test(node['Relation Name'] ?? '') && node['Actual Loops']);
  const partitions = new Set(scans.map((node) => node['Relation Name']?.slice(-2)));
  const found = scans.filter((node) => node['Node Type'].endsWith('Scan'));
  const whole = found.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
  return { reads: found.length > 0, whole, partitions: partitions.size };
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const ONE = { reads: true, whole: [], partitions: 1 };

/** Holds, books and pays two seats. */
async function sell(first: number): Promise<void> {
  const who = customer();
  const held = await hold(harness.subgraph, who, show.showId, [show.seat('B', first), show.seat('B', first + 1)]);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
}

// A plan made now lasts until the tables are analysed.
test('while the tables are empty, a sale is planned to find rows by more than their city', async () => {
  plans.length = 0;
  await sell(1);
  const scans = plans.flatMap(nodesOf).filter((node) => /_p\d$/.test(node['Relation Name'] ?? ''));
  const found = scans.filter((node) => node['Node Type'].endsWith('Scan'));
  expect(found.length).toBeGreaterThan(10);
  const cityAlone = found.filter((node) => /^\(city_code = [^()]*\)$|^$/.test(node['Index Cond'] ?? ''));
  expect(cityAlone.map((node) => node['Relation Name'])).toEqual([]);
  await fill();
});

test('a sale reads one partition by its indexes, from the seat map to the confirmation', async () => {
  const who = customer();
  const [first, second] = [show.seat('A', 1), show.seat('A', 2)];
  await hold(harness.subgraph, who, show.showId, [first]);
  expect(await scansOf(() => seatsOf(harness.subgraph, show.showId))).toEqual(ONE);
  let held = { id: '' };
  const holding = async () => ({ hold: held } = await hold(harness.subgraph, who, show.showId, [first, second]));
  // The seats of a customer are limited in all cities together.
  expect(await scansOf(holding)).toEqual({ ...ONE, partitions: 8 });
  let booked: Awaited<ReturnType<typeof book>>['booking'] | undefined;
  expect(await scansOf(async () => ({ booking: booked } = await book(harness.subgraph, who, held.id)))).toEqual(ONE);
  if (!booked) throw new Error('not booked');
  const { id: bookingId, price } = booked;
  const paying = () => harness.pay({ bookingId, customerId: who.userId, amount: price.total });
  expect(await scansOf(paying)).toEqual(ONE);
  expect(await scansOf(() => read(harness.subgraph, who, bookingId))).toEqual(ONE);
});

test('the bookings of a customer are read by the index of each partition', async () => {
  const who = customer('usr_7');
  const mine = () => harness.execute(MY_BOOKINGS, who, { u: [{ __typename: 'User', id: who.userId }] });
  expect(await scansOf(mine)).toEqual({ ...ONE, partitions: 8 });
});

const KEY = 'WITH key AS MATERIALIZED (SELECT $1::text AS city_code, $2::text AS id)';
const OF_KEY = 'FROM key JOIN bookings AS booking ON booking.city_code = key.city_code AND booking.id = key.id';
const READ = '(SELECT FROM shows WHERE city_code = key.city_code AND id = key.id OFFSET 0)';

test('control: statements that lock or change rows and find partitions by what they read are found', async () => {
  const late = [
    `${KEY} SELECT booking.id ${OF_KEY} FOR UPDATE OF booking`,
    `${KEY} UPDATE bookings SET version = 1 FROM key WHERE bookings.city_code = key.city_code AND bookings.id = key.id`,
    `${KEY}, deleted AS (DELETE FROM bookings WHERE city_code = $1 AND id = $2) SELECT FROM key CROSS JOIN LATERAL ${READ}`,
    'UPDATE bookings SET version = 1 WHERE city_code = (SELECT city_code FROM shows LIMIT 1) AND id = $1',
  ];
  const safe = [
    `${KEY} SELECT booking.id ${OF_KEY}`,
    'SELECT FROM bookings WHERE city_code = $1 AND id = $2 FOR UPDATE',
    `${KEY} DELETE FROM bookings USING key WHERE bookings.city_code = ANY (ARRAY[$1, $3]) AND bookings.id = key.id`,
    'UPDATE seat_holds SET warned_at = NULL WHERE expires_at <= now()',
  ];
  const found = await latePruned([...late, ...safe], { url: harness.databaseUrl, session: subgraph.session });
  expect(found.map((text) => late.findIndex((statement) => text.endsWith(statement)))).toEqual([0, 1, 2, 3]);
});
