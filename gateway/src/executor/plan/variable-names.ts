import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';

/** The planner adds variables with such names to entity fetches. */
const PLANNED = /^(representations$|contextualArgument_)/;

/** The names of a client's variables in a plan. */
export interface VariableNames {
  rename(document: DocumentNode): DocumentNode;
  /** The client's name for a variable of a plan. */
  clientName(planned: string): string;
}

const UNCHANGED: VariableNames = { rename: (document) => document, clientName: (planned) => planned };

/** Renames a client's variables that have names of the planner. */
export function variableNames({ variableDefinitions = [] }: OperationDefinitionNode): VariableNames {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  const renamed = names.filter((name) => PLANNED.test(name));
  if (renamed.length === 0) return UNCHANGED;
  const taken = new Set(names);
  const planned = new Map(renamed.map((name) => [name, freshName(name, taken)]));
  const given = new Map([...planned].map(([name, fresh]) => [fresh, name]));
  return {
    rename: (document) =>
      visit(document, {
        Variable: (node) => {
          const value = planned.get(node.name.value);
          return value === undefined ? undefined : { ...node, name: { kind: Kind.NAME, value } };
        },
      }),
    clientName: (name) => given.get(name) ?? name,
  };
}

function freshName(name: string, taken: Set<string>): string {
  let fresh = `m_${name}`;
  while (taken.has(fresh)) fresh = `m_${fresh}`;
  taken.add(fresh);
  return fresh;
}
