import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrl } from '../../../packages/database/src/databases.ts';
import { buildPrograms } from '../../../scripts/lib/programs.mjs';
import { queryDatabase } from '../../../testkit/faults/query-database.ts';
import { atLeast, atMost, type BenchmarkOptions, machine, type Target } from '../benchmark.ts';
import { Measurement, type Round } from '../booking/measure.ts';
import { processorOf, statementsOf } from '../booking/targets.ts';
import { openWorld, startServers } from '../booking/world.ts';
import { table, targetsText } from '../report.ts';

const CUSTOMERS = 40;
/** So many that a customer's last sale is confirmed before their next. */
const ACCOUNTS = 200;
/** Of the coupons and of every show. */
const ORGANISATION = 'org_seed_partner';
const FULL = { seconds: 20, repeats: 3 };
const QUICK = { seconds: 6, repeats: 1 };

/** A kind of sale, and its rounds. */
interface Kind {
  readonly name: string;
  readonly couponCode?: string;
  readonly rounds: Round[];
}

/** Measures sales without a coupon, with one for everybody and with a limited one, by turns in one process. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  await buildPrograms();
  const { seconds, repeats } = quick ? QUICK : FULL;
  const servers = await startServers();
  try {
    const world = await openWorld(servers, 'stack', join(tmpdir(), `marquee-bench-coupons-${process.pid}.log`));
    const measurement = await Measurement.open(servers, world, ACCOUNTS);
    try {
      await addCoupons(databaseUrl(servers.postgres.url, 'promotions'));
      await queryDatabase(
        databaseUrl(servers.postgres.url, 'booking'),
        `UPDATE shows SET organisation_id = '${ORGANISATION}'`,
      );
      const kinds: Kind[] = [
        { name: 'without', rounds: [] },
        { name: 'unlimited', couponCode: 'BENCH-ALL', rounds: [] },
        { name: 'limited', couponCode: 'BENCH-LIMITED', rounds: [] },
      ];
      for (let repeat = 1; repeat <= repeats; repeat += 1) {
        for (const { name, couponCode, rounds } of kinds) {
          const round = await measurement.round(CUSTOMERS, seconds, { couponCode, takingTurns: true });
          console.error(`${name}: ${round.salesPerSecond.toFixed(1)} sales/s`);
          rounds.push(round);
        }
      }
      report(kinds, json);
    } finally {
      await measurement.close();
    }
  } finally {
    await servers.stop();
  }
}

/** The coupons of one organisation, for the marketplace's own are always limited. */
async function addCoupons(url: string): Promise<void> {
  await queryDatabase(
    url,
    `INSERT INTO coupons (id, code, kind, percent_off, redemption_limit, title_ids, city_ids, first_booking_only, starts_at,
       ends_at, organisation_id, created_by, created_at)
     SELECT 'cou_' || code, code, 'PERCENT', 10, redemption_limit, '{}', '{}', false, now(), now() + interval '1 day',
       '${ORGANISATION}', 'usr_bench', now()
     FROM (VALUES ('BENCH-ALL', NULL), ('BENCH-LIMITED', 10000000)) AS coupon (code, redemption_limit)`,
  );
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** The median of a figure over rounds. */
const of = ({ rounds }: Kind, figure: (round: Round) => number): number => median(rounds.map(figure));

function report(kinds: readonly Kind[], json: boolean): void {
  const targets = targetsOf(kinds as readonly [Kind, Kind, Kind]);
  const rows = kinds.map((kind) => [
    kind.name,
    of(kind, (round) => round.salesPerSecond),
    ...[of(kind, ({ book }) => book.p50), of(kind, ({ book }) => book.p95), of(kind, ({ pay }) => pay.p50)],
    ...[of(kind, statementsOf), of(kind, ({ spent }) => spent.commits), of(kind, processorOf)],
  ]);
  const head = ['coupon', 'sales/s', 'book p50', 'p95 ms', 'pay p50', 'statements', 'commits', 'CPU ms'];
  const failures = [...new Set(kinds.flatMap(({ rounds }) => rounds.flatMap((round) => round.failures)))].slice(0, 5);
  const text = [table([head, ...rows]), ...failures.map((failure) => `failure: ${failure}`), targetsText(targets)];
  const all = { benchmark: 'coupons', machine: machine(), kinds, targets };
  console.log(json ? JSON.stringify(all, null, 2) : text.join('\n\n'));
  if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

function targetsOf([without, unlimited, limited]: readonly [Kind, Kind, Kind]): Target[] {
  const speed = (kind: Kind): number => of(kind, ({ salesPerSecond }) => salesPerSecond);
  const failures = [without, unlimited, limited].flatMap(({ rounds }) => rounds.flatMap((round) => round.failures));
  return [
    atLeast('sales with an unlimited coupon, of those without', speed(unlimited) / speed(without), 0.7),
    atLeast('sales with a limited coupon, of those with an unlimited one', speed(limited) / speed(unlimited), 0.8),
    atMost('failures', failures.length, 0),
  ];
}
