import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';

import type { Composed } from '../composition.ts';
import { indexSdl } from '../registry/locations.ts';

/** Makes a function that computes its result once for each object. For objects that never change. */
export function computedOnce<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}

/** A composed schema or a contract variant. */
type Api = Pick<Composed, 'api'>;

/** The supergraph's SDL as a document. A check needs it a dozen times, and it has thousands of lines. */
export const supergraphDocument = computedOnce(({ supergraph }: Composed): DocumentNode => parse(supergraph));
export const supergraphIndex = computedOnce((composed: Composed) => indexSdl(supergraphDocument(composed)));

const apiDocument = computedOnce(({ api }: Api): DocumentNode => parse(api));
export const apiIndex = computedOnce((composed: Api) => indexSdl(apiDocument(composed)));

/** The public schema as graphql-js builds it. */
export const apiSchema = computedOnce((composed: Api): GraphQLSchema =>
  buildASTSchema(apiDocument(composed), { assumeValidSDL: true }),
);
