import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';

import { compileInput, fragmentsIn, type OperationInput } from '../src/index.ts';

/** A schema with a limit of each kind. */
export const schema = buildSchema(`
  directive @constraint(maxLength: Int, maxItems: Int) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  directive @secret on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  scalar JSON
  enum Color { RED GREEN }
  type Query {
    colors(of: [Color!] @constraint(maxItems: 2), ids: [ID!] @constraint(maxItems: 3)): Int
    search(text: String @constraint(maxLength: 5), note: String, any: JSON, count: Int): Int
    nested: Query
  }
  type Mutation {
    signIn(input: SignIn!): Int
    check(code: String! @constraint(maxLength: 6) @secret): Int
    rename(input: Rename!): Int
  }
  input SignIn { name: String! @constraint(maxLength: 10) password: String! @constraint(maxLength: 20) @secret }
  input Rename {
    id: ID!
    names: [String!] @constraint(maxItems: 2, maxLength: 4)
    below: Rename
    all: [Rename!] @constraint(maxItems: 2)
    color: Color
  }
`);

/** The variables of a document's operation. */
export function inputOf(query: string): OperationInput {
  const document = parse(query);
  const [operation] = document.definitions as OperationDefinitionNode[];
  if (operation === undefined) throw new Error('no operation');
  return compileInput(schema, operation, fragmentsIn(document));
}
