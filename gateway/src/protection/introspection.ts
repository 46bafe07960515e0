import { type DocumentNode, type FieldNode, GraphQLError, Kind, visit } from 'graphql';

const introspectionFields = new WeakMap<DocumentNode, FieldNode | null>();

/** Rejects `__schema` and `__type`. Each document is searched once. @throws GRAPHQL_VALIDATION_FAILED */
export function rejectIntrospection(document: DocumentNode): void {
  let found = introspectionFields.get(document);
  if (found === undefined) {
    found = introspectionField(document);
    introspectionFields.set(document, found);
  }
  if (found) {
    throw new GraphQLError('Introspection is disabled.', {
      nodes: found,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  }
}

function introspectionField(document: DocumentNode): FieldNode | null {
  let found: FieldNode | null = null;
  visit(document, {
    [Kind.FIELD]: (field) => {
      if (field.name.value === '__schema' || field.name.value === '__type') found ??= field;
    },
  });
  return found;
}

/** Removes "Did you mean …?" from a validation message. */
export function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/, '');
}
