import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/** The planner adds a variable of this name to every entity fetch. */
const TAKEN = 'representations';

/** The names of a client's variables in a plan. */
export interface VariableNames {
  rename(document: DocumentNode): DocumentNode;
  /** The client's name for a variable of a plan. */
  clientName(planned: string): string;
}

const UNCHANGED: VariableNames = { rename: (document) => document, clientName: (planned) => planned };

/** Renames only a client's variable that has the planner's own name. */
export function variableNames({ variableDefinitions = [] }: OperationDefinitionNode): VariableNames {
  const names = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  if (!names.has(TAKEN)) return UNCHANGED;
  let fresh = `m_${TAKEN}`;
  while (names.has(fresh)) fresh = `m_${fresh}`;
  return {
    rename: (document) =>
      visit(document, {
        Variable: (node) =>
          node.name.value === TAKEN ? { ...node, name: { kind: Kind.NAME, value: fresh } } : undefined,
      }),
    clientName: (planned) => (planned === fresh ? TAKEN : planned),
  };
}
