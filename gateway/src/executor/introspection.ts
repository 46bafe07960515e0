import { executeSync, type FieldNode, type GraphQLSchema, Kind, visit } from 'graphql';

import type { Operation } from '../operation/operation.ts';
import type { Write } from './write-leaf.ts';

/** Writes an introspection field of the root. Its text is kept when it depends on no variable. */
export function introspectionWriter(schema: GraphQLSchema, operation: Operation, nodes: readonly FieldNode[]): Write {
  const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
  const definition = { ...operation.definition, selectionSet };
  const document = { kind: Kind.DOCUMENT, definitions: [definition, ...operation.fragments.values()] } as const;
  const [key = ''] = nodes.map((node) => (node.alias ?? node.name).value);
  const write: Write = (_value, run) => {
    const { data } = executeSync({ schema, document, rootValue: {}, variableValues: { ...run.variables } });
    return JSON.stringify(data?.[key] ?? null);
  };
  if (usesVariables(document)) return write;
  let written: string | undefined;
  return (value, run) => {
    written ??= write(value, run);
    return written;
  };
}

function usesVariables(document: Parameters<typeof visit>[0]): boolean {
  let found = false;
  visit(document, {
    VariableDefinition: () => false,
    Variable: () => {
      found = true;
    },
  });
  return found;
}
