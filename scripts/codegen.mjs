/** Generates the resolver types of each subgraph by codegen.yml. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, loadContext } from '@graphql-codegen/cli';
import { mappersOf } from './lib/mappers.mjs';
import { root } from './lib/run.mjs';
import { subgraphs } from './lib/subgraphs.mjs';

const { generates, ...common } = (await loadContext(join(root, 'codegen.yml'))).getConfig();
const sections = subgraphs.flatMap((name) => sectionsOf(join('subgraphs', name)));
await generate({ ...common, cwd: root, silent: true, generates: Object.fromEntries(sections) });

function sectionsOf(folder) {
  const mappers = mappersIn(folder);
  return Object.entries(generates).map(([file, { schema, config, ...section }]) => [
    join(folder, file),
    { ...section, schema: join(folder, schema), config: { ...config, mappers } },
  ]);
}

function mappersIn(folder) {
  const file = join(root, folder, 'src/mappers.ts');
  return existsSync(file) ? mappersOf(readFileSync(file, 'utf8')) : {};
}
