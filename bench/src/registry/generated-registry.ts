import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a registry of many similar subgraphs: each has an entity with twenty fields, a connection, a mutation with its
 * result union, a reference to the next subgraph's entity, and two fields added to that.
 *
 * @param repository - the source of the common types and the configuration
 */
export function writeRegistry(repository: string, root: string, count: number): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const names = Array.from({ length: count }, (_, index) => `domain-${index + 1}`);
  mkdirSync(join(root, 'packages/subgraph'), { recursive: true });
  copyFileSync(join(repository, COMMON), join(root, COMMON));
  const owners = names.map((name, index) => `    Thing${index + 1}: ${name}\n`).join('');
  const config = readFileSync(join(repository, 'schema/registry.config.yml'), 'utf8');
  write('schema/registry.config.yml', config.replace('  owners:\n', `  owners:\n${owners}`));
  for (const [index, name] of names.entries()) {
    write(`subgraphs/${name}/schema.graphql`, subgraphSdl(index + 1, ((index + 1) % count) + 1));
    write(`schema/clients/client-${index % 3}/${name}.graphql`, operations(index + 1));
  }
}

const COMMON = 'packages/subgraph/common.graphql';

/** The part of the first subgraph's SDL that the benchmark removes. */
export const REMOVED = '  "Detail 20."\n  detail20: String\n';

function subgraphSdl(own: number, next: number): string {
  const details = Array.from({ length: 20 }, (_, at) => `  "Detail ${at + 1}."\n  detail${at + 1}: String\n`).join('');
  return `
type Query {
  "One by its id."
  thing${own}("Its id." id: ID!): Thing${own}
  "All of them."
  things${own}("How many." first: Int = 20, "Where to start." after: String): Thing${own}Connection
    @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)
}

type Mutation {
  "Changes one."
  changeThing${own}("What to change." input: ChangeThing${own}Input!): ChangeThing${own}Result @authenticated
}

"A thing."
type Thing${own} @key(fields: "id") {
  "Its id."
  id: ID!
${details}  "What it leads to."
  next: Thing${next}
}

"A thing of another subgraph."
type Thing${next} @key(fields: "id") {
  "Its id."
  id: ID!
  "What ${own} adds."
  addedBy${own}: Int
  "What ${own} adds for those who are signed in."
  secretOf${own}: Int @authenticated
}

"A page."
type Thing${own}Connection {
  "The page."
  edges: [Thing${own}Edge!]!
  "Where it stands."
  pageInfo: PageInfo!
}

"A thing in a list."
type Thing${own}Edge {
  "Where it stands."
  cursor: String!
  "The thing."
  node: Thing${own}!
}

"What to change."
input ChangeThing${own}Input {
  "Its id."
  id: ID!
  "The new detail."
  detail1: String
}

"What comes of it."
union ChangeThing${own}Result = ChangeThing${own}Payload | Thing${own}LockedError

"It is changed."
type ChangeThing${own}Payload {
  "The thing."
  thing: Thing${own}!
}

"It is being changed by another request."
type Thing${own}LockedError implements UserError {
  "What went wrong, in words for the person."
  message: String!
}
`;
}

function operations(own: number): string {
  return `
query Thing${own}($id: ID!) { thing${own}(id: $id) { id detail1 detail2 next { id addedBy${own} } } }
query Things${own}($first: Int) { things${own}(first: $first) { edges { node { id detail3 } } pageInfo { endCursor } } }
mutation ChangeThing${own}($input: ChangeThing${own}Input!) {
  changeThing${own}(input: $input) { ... on ChangeThing${own}Payload { thing { id } } ... on UserError { message } }
}
`;
}
