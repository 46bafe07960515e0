import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { main } from '../../../schema/src/cli.ts';
import { composeDocuments } from '../../../schema/src/composition.ts';
import { REMOVED, writeRegistry } from './generated-registry.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const [FEW, MANY] = [12, 120];
const ROUNDS = 3;
/** The time limit for a check of this repository. */
const REPOSITORY_BOUND_MS = 10_000;

interface Figures {
  readonly subgraphs: number;
  /** CPU time of a check in a warm process: the minimum of the rounds. */
  readonly checkCpuMs: number;
  /** The whole command, with the start of Node, once. */
  readonly commandMs: number;
}

/**
 * Measures a check that finds a breaking change, and how its time grows with the number of subgraphs.
 *
 * Sets the exit code when the time grows faster than linearly, or this repository's check is too slow.
 */
export async function run({ json }: { readonly json: boolean }): Promise<void> {
  const repositoryMs = commandMs(REPOSITORY);
  await figuresOf(FEW, 1);
  const few = await figuresOf(FEW, ROUNDS);
  const many = await figuresOf(MANY, ROUNDS);
  const growth = many.checkCpuMs / few.checkCpuMs;
  const isMet = growth <= MANY / FEW && repositoryMs < REPOSITORY_BOUND_MS;
  if (!isMet) process.exitCode = 1;
  if (json) return void process.stdout.write(`${JSON.stringify({ repositoryMs, few, many, growth, isMet })}\n`);
  process.stdout.write(
    `${[
      `this repository: the whole command ${(repositoryMs / 1000).toFixed(1)} s (bound: 10 s)`,
      ...[few, many].map(inWords),
      `${MANY / FEW} times the subgraphs, ${growth.toFixed(1)} times the CPU time: ${isMet ? 'met' : 'MISSED'}`,
    ].join('\n')}\n`,
  );
}

async function figuresOf(subgraphs: number, rounds: number): Promise<Figures> {
  const root = mkdtempSync(join(tmpdir(), 'registry-bench-'));
  try {
    writeRegistry(REPOSITORY, root, subgraphs);
    for (const command of ['compose', 'publish']) await registry(root, command);
    const file = join(root, 'subgraphs/domain-1/schema.graphql');
    writeFileSync(file, readFileSync(file, 'utf8').replace(REMOVED, ''));
    await registry(root, 'compose');
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = process.cpuUsage();
      await registry(root, 'check');
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
    }
    return { subgraphs, checkCpuMs: Math.min(...times), commandMs: commandMs(root) };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Runs a registry command, which must succeed. */
async function registry(root: string, command: string): Promise<void> {
  let report = '';
  const out = (text: string): void => void (report += text);
  const code = await main([command, '--root', root], {
    env: {},
    now: new Date(),
    compose: composeDocuments,
    root,
    cwd: root,
    stdin: () => '',
    out,
  });
  if (code !== 0) throw new Error(`${command} failed with ${code}:\n${report}`);
}

/** The time of the check as a process, in ms. */
function commandMs(root: string): number {
  const started = performance.now();
  const program = join(REPOSITORY, 'schema/src/main.ts');
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', program, 'check', '--root', root], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`check failed with ${status}:\n${stdout}`);
  return performance.now() - started;
}

function inWords({ subgraphs, checkCpuMs, commandMs: whole }: Figures): string {
  const [cpu, seconds] = [checkCpuMs, whole].map((ms) => `${(ms / 1000).toFixed(2)} s`);
  return `${subgraphs} subgraphs: ${cpu} of CPU time for a check, ${seconds} for the whole command`;
}
