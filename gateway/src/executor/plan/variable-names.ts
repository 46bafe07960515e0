import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/** The planner adds this variable to every entity fetch. */
const REPRESENTATIONS = 'representations';

/** The names of a client's variables in a plan. */
export interface VariableNames {
  rename(document: DocumentNode): DocumentNode;
  /** The client's name for a variable of a plan. */
  clientName(planned: string): string;
}

const UNCHANGED: VariableNames = { rename: (document) => document, clientName: (planned) => planned };

/** Renames a client's variable that has the planner's own name. */
export function variableNames({ variableDefinitions = [] }: OperationDefinitionNode): VariableNames {
  const names = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  if (!names.has(REPRESENTATIONS)) return UNCHANGED;
  let fresh = `m_${REPRESENTATIONS}`;
  while (names.has(fresh)) fresh = `m_${fresh}`;
  return {
    rename: (document) =>
      visit(document, {
        Variable: (node) =>
          node.name.value === REPRESENTATIONS ? { ...node, name: { kind: Kind.NAME, value: fresh } } : undefined,
      }),
    clientName: (planned) => (planned === fresh ? REPRESENTATIONS : planned),
  };
}
