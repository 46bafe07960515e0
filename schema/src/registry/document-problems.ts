import {
  type ASTNode,
  type DefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

import type { Finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { locationOf } from './locations.ts';

/**
 * Problems of a client's documents that do not depend on the schema.
 *
 * @param used - the definitions that make up operations
 */
export function documentProblems(
  client: string,
  definitions: readonly DefinitionNode[],
  used: ReadonlySet<DefinitionNode>,
): Finding[] {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const twice = repeated(fragments);
  return [
    ...definitions.filter((node) => !isExecutable(node)).map((node) => notExecutable(client, node)),
    ...operations.filter(({ name }) => !name).map((node) => unnamed(client, node)),
    ...repeated(operations).map((node) => registeredTwice(client, 'operation', node)),
    ...twice.map((node) => registeredTwice(client, 'fragment', node)),
    ...fragments.filter((node) => !used.has(node) && !twice.includes(node)).map((node) => unused(client, node)),
  ];
}

function isExecutable({ kind }: DefinitionNode): boolean {
  return kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION;
}

type NamedNode = OperationDefinitionNode | FragmentDefinitionNode;

function repeated<T extends NamedNode>(nodes: readonly T[]): T[] {
  const named = nodes.filter(({ name }) => name);
  return [...groupBy(named, ({ name }) => name?.value ?? '').values()].flatMap(([, ...others]) => others);
}

function unnamed(client: string, node: ASTNode): Finding {
  return problem(node, 'drift/operation-name', `An operation of ${client} has no name.`, UNIQUE);
}

function registeredTwice(client: string, what: 'operation' | 'fragment', node: NamedNode): Finding {
  return problem(node, `drift/${what}-name`, `${client} registers ${what} ${node.name?.value} twice.`, UNIQUE);
}

function notExecutable(client: string, node: ASTNode): Finding {
  const message = `${client} may register operations and fragments only; this is a definition of the schema.`;
  return problem(node, 'drift/operation-file', message, 'Remove it.');
}

function unused(client: string, node: FragmentDefinitionNode): Finding {
  const message = `Fragment ${node.name.value} of ${client} is used by no operation.`;
  return { ...problem(node, 'drift/fragment-unused', message, 'Use it or remove it.'), severity: 'warning' };
}

const UNIQUE = 'Give it a name that is unique within the client: usage and the manifest identify an operation by it.';

function problem(node: ASTNode, rule: string, message: string, help: string): Finding {
  const location = locationOf(node);
  return { class: 'drift', rule, severity: 'error', message, help, ...(location ? { location } : {}) };
}
