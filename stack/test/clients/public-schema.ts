import { buildSchema, type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';

/** Reads the public schema. Do this when you build the client, and keep what you need of it. */
export async function publicSchema(endpoint: string): Promise<GraphQLSchema> {
  const response = await fetch(new URL('/schema.graphql', endpoint));
  return buildSchema(await response.text());
}

/** The members of each interface and union, as Apollo's cache needs them for `... on UserError`. */
export function possibleTypes(schema: GraphQLSchema): Record<string, string[]> {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  return Object.fromEntries(abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]));
}

/** Types without an id, which urql's cache keeps inside the object that has them. */
export function embeddedTypes(schema: GraphQLSchema): Record<string, () => null> {
  const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
  const embedded = objects.filter((type) => !type.name.startsWith('__') && !('id' in type.getFields()));
  return Object.fromEntries(embedded.map(({ name }) => [name, () => null]));
}
