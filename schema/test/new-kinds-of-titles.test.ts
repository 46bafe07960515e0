import { readFileSync } from 'node:fs';
import { buildSchema, type DefinitionNode, type DocumentNode, isObjectType, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';

import { type ComposableSubgraph, composeDocuments } from '../src/composition.ts';

const ROOT = new URL('../../', import.meta.url);
const COMMON = readFileSync(new URL('packages/subgraph/common.graphql', ROOT), 'utf8');

/** Ratings as it is, beside another catalog. */
const subgraphs = (catalog: (document: DocumentNode) => DocumentNode): ComposableSubgraph[] =>
  ['catalog', 'ratings'].map((name) => {
    const document = parse(`${COMMON}\n${readFileSync(new URL(`subgraphs/${name}/schema.graphql`, ROOT), 'utf8')}`);
    return { name, url: `http://${name}`, document: name === 'catalog' ? catalog(document) : document };
  });

/** The type of live events as another kind of title. */
function exhibitionOf(definition: DefinitionNode): DefinitionNode[] {
  const isEvent = definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'LiveEvent';
  return isEvent ? [{ ...definition, name: { kind: Kind.NAME, value: 'Exhibition' } }] : [];
}

test('a new kind of title in catalog has ratings and reviews without a change of ratings', () => {
  const withExhibitions = ({ definitions, ...rest }: DocumentNode): DocumentNode => ({
    ...{ ...rest, definitions: [...definitions, ...definitions.flatMap(exhibitionOf)] },
  });
  const { composed, errors } = composeDocuments(subgraphs(withExhibitions), true);
  expect(errors).toEqual([]);
  const kind = buildSchema(composed?.api ?? '', { assumeValidSDL: true }).getType('Exhibition');
  expect(isObjectType(kind) && Object.keys(kind.getFields())).toEqual(expect.arrayContaining(['rating', 'reviews']));
});
