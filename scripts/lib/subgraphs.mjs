import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** The names of the subgraphs: the folders of subgraphs/ that have an SDL. */
export const subgraphs = readdirSync(join(root, 'subgraphs')).filter((name) =>
  existsSync(join(root, 'subgraphs', name, 'schema.graphql')),
);
