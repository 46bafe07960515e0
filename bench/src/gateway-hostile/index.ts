import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../../../scripts/lib/programs.mjs';
import { openWorld } from '../../../testkit/faults/world.ts';
import { openPeople } from '../../../testkit/hostile/people.ts';
import { atMost, below, type BenchmarkOptions, machine } from '../benchmark.ts';
import { LOAD_CORE, nodeCommand, PinnedProcess, residentMegabytes } from '../processes/pinned-process.ts';
import { table, targetsText } from '../report.ts';
import { ATTACKS, type AttackOptions } from './attacks.ts';
import { feel, type Felt } from './bystander.ts';

interface Round {
  /** Empty for the bystander alone. */
  readonly attack: string;
  readonly felt: Felt;
  /** Outcomes of the attacker's operations. */
  readonly got: string;
  /** Of the stack, in MB. */
  readonly memory: number;
}

const MAX_P99 = 100;
const FULL_SECONDS = 15;
const QUICK_SECONDS = 5;

/**
 * Measures a bystander of the local stack alone and under each attack. Sets the exit code when a p99 is above 100 ms, or
 * a query of the bystander fails.
 */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  await buildPrograms();
  const logFile = join(tmpdir(), `marquee-bench-hostile-${process.pid}.log`);
  const environment = { RATE_LIMITS: 'on', TRUSTED_PROXIES: '1' };
  const world = await openWorld({ topology: 'stack', seed: 1, logFile, environment });
  const attacker = new PinnedProcess(nodeCommand('src/gateway-hostile/attack-main.ts'), { core: LOAD_CORE });
  try {
    await attacker.ready();
    const rounds = await measure(world, attacker, quick ? QUICK_SECONDS : FULL_SECONDS);
    const targets = rounds.flatMap(({ attack, felt }) => [
      below(`${attack || 'alone'}: p99 of the bystander, ms`, felt.p99, MAX_P99),
      atMost(`${attack || 'alone'}: failed queries of the bystander`, felt.failed, 0),
    ]);
    const report = { benchmark: 'gateway-hostile', machine: machine(), rounds, targets };
    console.log(json ? JSON.stringify(report, null, 2) : `${textOf(rounds)}\n\n${targetsText(targets)}`);
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await attacker.stop();
    await world.stop();
  }
}

async function measure(
  world: Awaited<ReturnType<typeof openWorld>>,
  attacker: PinnedProcess,
  seconds: number,
): Promise<Round[]> {
  const { endpoint, stackPid } = world;
  const { targetOf, bystander } = await openPeople(world);
  await bystander.close();
  await feel(endpoint, seconds);
  const rounds = [await roundOf(stackPid, '', feel(endpoint, seconds), Promise.resolve(''))];
  for (const [index, { name }] of ATTACKS.entries()) {
    console.error(name);
    const target = await targetOf(index);
    const got = attacker.ask<string>('attack', { name, target, seconds } satisfies AttackOptions);
    rounds.push(await roundOf(stackPid, name, feel(endpoint, seconds), got));
  }
  return rounds;
}

async function roundOf(pid: number, attack: string, felt: Promise<Felt>, got: Promise<string>): Promise<Round> {
  return { attack, felt: await felt, got: await got, memory: residentMegabytes(pid) };
}

function textOf(rounds: readonly Round[]): string {
  const figures = rounds.map(({ attack, felt, memory }) => [
    attack || '(alone)',
    ...[felt.p50, felt.p99, felt.max, felt.answered, felt.failed, memory],
  ]);
  const got = rounds.filter(({ attack }) => attack !== '').map(({ attack, got: outcomes }) => `${attack}: ${outcomes}`);
  return `${table([['bystander under', 'p50 ms', 'p99 ms', 'max ms', 'answered', 'failed', 'stack MB'], ...figures])}\n\n${got.join('\n')}`;
}
