import { argv } from 'node:process';

import { generateOperation } from '../differential/operations.ts';
import { Oracle } from '../differential/oracle.ts';
import { seeded } from '../differential/random.ts';
import { BEYOND_STOCK, SUPERGRAPHS } from '../differential/supergraphs.ts';
import { compare } from './compare.ts';
import type { Message } from './messages.ts';
import { shrink } from './shrink.ts';

/** Half of the worlds have nulls in nullable fields. */
const nullsOf = (seed: number): number => (seed % 2 === 0 ? 0 : 0.2);

/** A third of the operations have `@defer`. */
const hasDefers = (seed: number): boolean => seed % 3 === 0;

const [name = '', first = '0', count = '0'] = argv.slice(2);

function send(message: Message): void {
  process.send?.(message);
}

process.once('disconnect', () => process.exit());

const services = { ...SUPERGRAPHS, ...BEYOND_STOCK }[name];
if (services === undefined) throw new Error(`There is no supergraph called ${name}`);
const oracle = new Oracle(services);
await oracle.start();
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const operation = generateOperation(oracle.schema, seeded(seed), 'hostile', hasDefers(seed));
  const scenario = { seed, nulls: nullsOf(seed) };
  send({ kind: 'started', seed, operation });
  if ((await compare(oracle, operation, scenario)) === undefined) continue;
  const fails = async (smaller: typeof operation) => (await compare(oracle, smaller, scenario)) !== undefined;
  const smallest = await shrink(oracle.schema, operation, fails);
  const difference = await compare(oracle, smallest, scenario);
  if (difference !== undefined) send({ kind: 'different', seed, operation: smallest, ...difference });
}
process.disconnect();
