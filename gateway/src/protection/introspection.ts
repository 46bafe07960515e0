import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';

const asks = new WeakMap<DocumentNode, boolean>();

/** @throws GRAPHQL_VALIDATION_FAILED when the document asks for the schema. A document is looked through once. */
export function refuseIntrospection(document: DocumentNode): void {
  let found = asks.get(document);
  if (found === undefined) {
    found = asksForSchema(document);
    asks.set(document, found);
  }
  if (found) {
    throw new GraphQLError('Introspection is not available here.', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
}

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]: (field) => {
      if (field.name.value === '__schema' || field.name.value === '__type') found = true;
    },
  });
  return found;
}

/** A validation message without the names it would suggest. */
export function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/, '');
}
