/** Generates the resolver map of each subgraph, from the files in its src/resolvers. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolverMap } from './lib/resolver-map.mjs';
import { root } from './lib/run.mjs';
import { subgraphs } from './lib/subgraphs.mjs';

for (const name of subgraphs) {
  try {
    writeMap(join(root, 'subgraphs', name));
  } catch (error) {
    console.error(error.message.replace(/^/gm, `subgraphs/${name}/`));
    process.exitCode = 1;
  }
}

function writeMap(folder) {
  const sdl = readFileSync(join(folder, 'schema.graphql'), 'utf8');
  const file = join(folder, 'src/generated/resolver-map.ts');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, resolverMap(sdl, sourcesIn(join(folder, 'src/resolvers'))));
}

function sourcesIn(folder) {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return Object.fromEntries(files.toSorted().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}
