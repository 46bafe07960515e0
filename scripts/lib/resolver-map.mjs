import { parse } from 'graphql';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/**
 * The source of a subgraph's `src/generated/resolver-map.ts`. `<Root>/<field>.ts` exports the resolver of a field of
 * Query, Mutation or Subscription under its name; `<Type>.ts` exports the resolvers of types under theirs. Other files
 * whose names start with a lower-case letter are helpers.
 *
 * @param {string} sdl
 * @param {Record<string, string>} files the sources by their path in src/resolvers
 * @throws when a root field has no file, or a file resolves something that the SDL lacks
 */
export function resolverMap(sdl, files) {
  const found = Object.entries(files).flatMap(([file, source]) => resolversIn(file, source));
  rejectMismatch(found, typesOf(sdl));
  const fieldsOf = (root) => found.filter((resolver) => resolver.root === root);
  const entries = [
    ...ROOTS.filter((root) => fieldsOf(root).length > 0).map(
      (root) =>
        `${root}: { ${fieldsOf(root)
          .map(({ name, local }) => `${name}: ${local}`)
          .join(', ')} }`,
    ),
    ...fieldsOf(undefined).map(({ name }) => name),
  ];
  return [
    ...found.map(({ file, name, local }) => `import { ${imported(name, local)} } from '../resolvers/${file}';`),
    "import type { OwnResolvers } from '@marquee/subgraph';",
    "import type { Resolvers } from './resolvers.ts';\n",
    'export const resolvers: OwnResolvers<Resolvers> = {',
    ...entries.map((entry) => `  ${entry},`),
    '};\n',
  ].join('\n');
}

/** The resolvers in a file: of a field of a root type, or of types. */
function resolversIn(file, source) {
  const [, root, name] = /^(?:(\w+)\/)?(\w+)\.ts$/.exec(file) ?? [];
  if (name === undefined) return [];
  if (root !== undefined) return [{ file, root, name, local: `${root}_${name}` }];
  if (!/^[A-Z]/.test(name)) return [];
  return [...source.matchAll(/^export const ([A-Z]\w*)/gm)].map(([, type]) => ({ file, name: type, local: type }));
}

function imported(name, local) {
  return name === local ? name : `${name} as ${local}`;
}

/** The field names of each type in the SDL. */
function typesOf(sdl) {
  const types = new Map();
  for (const { name, fields = [] } of parse(sdl).definitions) {
    if (name === undefined) continue;
    const known = types.get(name.value) ?? [];
    types.set(name.value, [...known, ...fields.map((field) => field.name.value)]);
  }
  return types;
}

function rejectMismatch(found, types) {
  const wanted = ROOTS.flatMap((root) => (types.get(root) ?? []).map((field) => `${root}/${field}.ts`));
  const files = found.map(({ file }) => file);
  const problems = [
    ...wanted.filter((file) => !files.includes(file)).map((file) => `src/resolvers/${file} is missing.`),
    ...found
      .filter(({ root, name }) => !(root === undefined ? types.has(name) : types.get(root)?.includes(name)))
      .map(({ file, root, name }) => `src/resolvers/${file}: the SDL has no ${root ? `${root}.` : 'type '}${name}.`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
