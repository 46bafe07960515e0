import { type DocumentNode, type FieldNode, type GraphQLSchema, Kind, parse, visit } from 'graphql';

import { normalizedText } from '../operation/normalized-operation.ts';
import { readOperation } from '../operation/operation.ts';
import { RequestRejectedError } from '../operation/operation-request.ts';

/** The fingerprints of registered operations: as they are registered, and with the `__typename`s of client libraries. */
export function registeredFingerprints(schema: GraphQLSchema, queries: Iterable<string>): ReadonlySet<string> {
  const documents = [...queries].map((query) => parse(query));
  return new Set(
    [...documents, ...documents.map(withTypenames)].flatMap((document) => fingerprintOf(schema, document) ?? []),
  );
}

function fingerprintOf(schema: GraphQLSchema, document: DocumentNode): string | undefined {
  try {
    return normalizedText(readOperation(schema, { query: '', document })).fingerprint;
  } catch (error) {
    // An operation that the schema no longer has stays registered for older versions of a client.
    if (error instanceof RequestRejectedError) return undefined;
    throw error;
  }
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** As Apollo's clients add them: last in every selection, but not at the root, and not in introspection. */
function withTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node, _key, parent) => {
      if (parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION) return undefined;
      const isKnown = node.selections.some((each) => each.kind === Kind.FIELD && each.name.value.startsWith('__'));
      return isKnown ? undefined : { ...node, selections: [...node.selections, TYPENAME] };
    },
  });
}
