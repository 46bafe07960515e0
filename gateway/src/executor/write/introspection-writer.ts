import { executeSync, type FieldNode, type GraphQLSchema, Kind, visit } from 'graphql';

import type { Operation } from '../../operation/operation.ts';
import type { Run } from '../run/run.ts';
import { VALUE, type Write } from './leaf-writer.ts';

/** Writes `__schema` or `__type`. The text is cached unless it depends on variables. */
export function introspectionWriter(schema: GraphQLSchema, operation: Operation, nodes: readonly FieldNode[]): Write {
  const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
  const definition = { ...operation.definition, selectionSet };
  const document = { kind: Kind.DOCUMENT, definitions: [definition, ...operation.fragments.values()] } as const;
  const [key = ''] = nodes.map((node) => (node.alias ?? node.name).value);
  const textFor = (run: Run): string => {
    const { data } = executeSync({ schema, document, rootValue: {}, variableValues: { ...run.variables } });
    return JSON.stringify(data?.[key] ?? null);
  };
  const isFixed = !usesVariables(document);
  let fixed: string | undefined;
  const write: Write = (_value, run) => {
    const text = fixed ?? textFor(run);
    if (isFixed) fixed = text;
    run.output.text(text);
    return VALUE;
  };
  return write;
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
