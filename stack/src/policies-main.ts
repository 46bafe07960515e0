import { policiesTable } from './policies.ts';
import { loadSubgraph, subgraphNames } from './subgraphs.ts';

// `npm run policies [-- <subgraph> …]`: who may read each field, and where that is decided.
const known = subgraphNames();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no subgraph ${unknown.join(', ')}. Name some of ${known.join(', ')}, or none for all.`);
  process.exitCode = 2;
} else {
  const definitions = await Promise.all((asked.length > 0 ? asked : known).map(loadSubgraph));
  console.log(policiesTable(definitions).join('\n'));
}
