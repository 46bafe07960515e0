import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { argv, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { BEYOND_STOCK, SUPERGRAPHS } from '../differential/supergraphs.ts';
import type { Message } from './messages.ts';

/** About half a minute on two cores. */
const OPERATIONS = 600;
/** An operation that takes longer counts as one without an answer, ms. */
const PATIENCE_MS = 60_000;

const USAGE = `npm run test:fuzz [-- <options>]
  --operations <n>     random operations over all supergraphs (${OPERATIONS})
  --seed <n>           the first seed (1)
  --supergraph <name>  one supergraph only
`;

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    operations: { type: 'string', default: String(OPERATIONS) },
    seed: { type: 'string', default: '1' },
    supergraph: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const everySupergraph = Object.keys({ ...SUPERGRAPHS, ...BEYOND_STOCK });
const names = everySupergraph.filter((name) => values.supergraph === undefined || name === values.supergraph);
const [operations, seed] = [Number(values.operations), Number(values.seed)];
if (values.help || names.length === 0 || !Number.isInteger(operations) || !Number.isInteger(seed)) {
  stdout.write(USAGE);
  stdout.write(`Supergraphs: ${everySupergraph.join(' · ')}\n`);
  exit(values.help ? 0 : 2);
}

const share = Math.ceil(operations / names.length);
const waiting = [...names];
const counts = await Promise.all(Array.from({ length: availableParallelism() }, work));
const failures = counts.flat().reduce((sum, count) => sum + count, 0);
stdout.write(`${share * names.length} operations, ${failures === 0 ? 'none' : failures} answered wrongly.\n`);
exit(failures === 0 ? 0 : 1);

async function work(): Promise<number[]> {
  const failed: number[] = [];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) failed.push(await runSupergraph(name));
  return failed;
}

/** @returns the number of operations with another response than expected, or none */
function runSupergraph(name: string): Promise<number> {
  const program = fileURLToPath(new URL('supergraph-process.ts', import.meta.url));
  const child = fork(program, [name, String(seed), String(share)]);
  const started = Date.now();
  let failed = 0;
  let last: Message | undefined;
  const report = (what: string, message: Message): void => {
    failed++;
    stdout.write(`\n${name}: ${what}\n${describe(name, message)}\n`);
  };
  const giveUp = (): void => {
    if (last !== undefined) report(`no answer within ${PATIENCE_MS / 1000} s`, last);
    child.kill('SIGKILL');
  };
  let timer = setTimeout(giveUp, PATIENCE_MS);
  child.on('message', (message: Message) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, PATIENCE_MS);
    last = message;
    if (message.kind === 'different') report('another response than graphql-js', message);
  });
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal === null) {
        failed++;
        stdout.write(
          `\n${name}: its process ended with code ${code}\n${last === undefined ? '' : describe(name, last)}\n`,
        );
      }
      stdout.write(`${name}: ${share} operations in ${Math.round((Date.now() - started) / 1000)} s\n`);
      resolve(failed);
    });
  });
}

function describe(name: string, message: Message): string {
  const { query, variables } = message.operation;
  const again = `npm run test:fuzz -- --supergraph '${name}' --seed ${message.seed} --operations 1`;
  const outcome =
    message.kind === 'different'
      ? [`ours      ${JSON.stringify(message.ours)}`, `expected  ${JSON.stringify(message.expected)}`]
      : [];
  return [`seed ${message.seed}: ${again}`, query, JSON.stringify(variables), ...outcome].join('\n');
}
