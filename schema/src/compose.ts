/**
 * `npm run schema:compose`: composes the subgraphs and writes supergraph.graphql and api.graphql.
 *
 * With `--check` it writes nothing, and exits 1 when a file is not what it would write. Exits 2 when the subgraphs do
 * not compose.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { compose, CompositionError } from './composition.ts';
import { registeredSubgraphs } from './subgraphs.ts';

const checking = process.argv.includes('--check');

function read(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

try {
  const { supergraph, api } = compose(registeredSubgraphs());
  for (const [name, text] of Object.entries({ 'supergraph.graphql': supergraph, 'api.graphql': api })) {
    const file = new URL(`../${name}`, import.meta.url);
    const upToDate = read(file) === text;
    if (!checking && !upToDate) writeFileSync(file, text);
    if (checking && !upToDate) {
      console.error(`schema/${name} is not up to date: run npm run schema:compose and commit it.`);
      process.exitCode = 1;
    }
    if (!checking) console.log(`${upToDate ? 'unchanged' : 'written'}  ${fileURLToPath(file)}`);
  }
} catch (error) {
  if (!(error instanceof CompositionError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
