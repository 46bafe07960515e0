import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';

// `npm run bench -- <name>`: each folder beside this file that has an index.ts is a benchmark.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const names = readdirSync(import.meta.dirname).filter((name) => existsSync(fileOf(name)));
const [name = ''] = positionals;
if (!names.includes(name) || positionals.length > 1) {
  console.error(`Usage: npm run bench -- <${names.join(' | ')}> [--quick] [--json] [--profile <folder>]`);
  process.exit(1);
}
const benchmark = (await import(fileOf(name))) as Benchmark;
await benchmark.run(values);

function fileOf(folder: string): string {
  return `${import.meta.dirname}/${folder}/index.ts`;
}
