import { type DocumentNode, type FieldNode, GraphQLError, Kind, visit } from 'graphql';

const asks = new WeakMap<DocumentNode, FieldNode | null>();

/** @throws GRAPHQL_VALIDATION_FAILED when the document asks for the schema. A document is looked through once. */
export function refuseIntrospection(document: DocumentNode): void {
  let found = asks.get(document);
  if (found === undefined) {
    found = fieldOfSchema(document);
    asks.set(document, found);
  }
  if (found) {
    throw new GraphQLError('Introspection is not available here.', {
      nodes: found,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
}

function fieldOfSchema(document: DocumentNode): FieldNode | null {
  let found: FieldNode | null = null;
  visit(document, {
    [Kind.FIELD]: (field) => {
      if (field.name.value === '__schema' || field.name.value === '__type') found ??= field;
    },
  });
  return found;
}

/** A validation message without the names it would suggest. */
export function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/, '');
}
