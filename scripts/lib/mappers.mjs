/**
 * The codegen mappers of a subgraph: each type exported by its src/mappers.ts is the parent type of the GraphQL type of
 * that name.
 *
 * @param {string} source the text of mappers.ts: `export type { A, B as C } from …`, `export type D = …`, `export
 * interface E`
 */
export function mappersOf(source) {
  return Object.fromEntries(exportedTypes(source).map((name) => [name, `../mappers.ts#${name} as ${name}Parent`]));
}

function exportedTypes(source) {
  const declared = [...source.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => name);
  const lists = [...source.matchAll(/^export type \{([^}]*)\}/gm)].flatMap(([, list]) => list.split(','));
  const listed = lists.map((entry) =>
    entry
      .trim()
      .split(/\s+as\s+/)
      .at(-1),
  );
  return [...declared, ...listed].filter((name) => name !== '').toSorted();
}
