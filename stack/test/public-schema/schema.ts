import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';

/** The public schema, as it is composed. */
export const publicSchema = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));
