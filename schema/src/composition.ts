import { composeServices } from '@apollo/composition';
import { printSchema, type Schema, Supergraph } from '@apollo/federation-internals';
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  parse,
  print,
  visit,
} from 'graphql';

/** What composition takes of a subgraph. */
export interface ComposableSubgraph {
  readonly name: string;
  readonly url: string;
  readonly document: DocumentNode;
}

/** What composition makes of the subgraphs, as text. */
export interface Composed {
  /** What the gateway runs. */
  readonly supergraph: string;
  /** What clients see. */
  readonly api: string;
}

/**
 * Composes subgraphs, and tells errors and hints with the nodes they are about.
 *
 * @param proven - they are known to compose: whether each query can be planned is not looked into again
 */
export type Composer = (subgraphs: readonly ComposableSubgraph[], proven?: boolean) => Composition;

/** An error or a hint of composition. */
export interface CompositionMessage {
  readonly code: string;
  readonly message: string;
  /** The nodes it is about; they know their file when the documents do. */
  readonly nodes: readonly ASTNode[];
}

export interface Composition {
  /** Absent where there are errors. */
  readonly composed?: Composed;
  readonly errors: readonly CompositionMessage[];
  readonly hints: readonly CompositionMessage[];
}

/** Apollo's composition. */
export const composeDocuments: Composer = (subgraphs, proven = false) => {
  const result = composeServices(
    subgraphs.map(({ name, url, document }) => ({ name, url, typeDefs: document })),
    { runSatisfiability: !proven },
  );
  if (result.errors) {
    const errors = result.errors.map(({ message, extensions, nodes }) => ({
      code: String(extensions['code'] ?? 'UNKNOWN'),
      message,
      nodes: nodes ?? [],
    }));
    return { errors, hints: [] };
  }
  const hints = result.hints.map(({ definition, message, nodes }) => ({
    code: definition.code,
    message,
    nodes: nodes ?? [],
  }));
  const supergraph = `${result.supergraphSdl.trim()}\n`;
  return { composed: { supergraph, api: apiText(result.schema, supergraph) }, errors: [], hints };
};

/**
 * What clients see of a supergraph: everything but what is `@inaccessible`.
 *
 * @throws an error of federation whose causes tell what accessible part needs an inaccessible one
 */
export function apiOf(supergraph: string): string {
  return apiText(Supergraph.build(supergraph, { supportedFeatures: null }).schema, supergraph);
}

function apiText(schema: Schema, supergraph: string): string {
  const api = withOneOf(parse(printSchema(schema.toAPISchema())), parse(supergraph));
  return `${print({ ...api, definitions: api.definitions.toSorted(byName) }).trim()}\n`;
}

function byName(a: DefinitionNode, b: DefinitionNode): number {
  const [left, right] = [a, b].map((node) => ('name' in node ? (node.name?.value ?? '') : ''));
  return (left ?? '').localeCompare(right ?? '', 'en');
}

/** Federation carries `@oneOf` into the supergraph and leaves it out of the public schema, where clients need it. */
function withOneOf(api: DocumentNode, supergraph: DocumentNode): DocumentNode {
  const oneOf = new Map<string, ConstDirectiveNode>();
  visit(supergraph, {
    InputObjectTypeDefinition: ({ name, directives = [] }) => {
      const found = directives.find((directive) => directive.name.value === 'oneOf');
      if (found) oneOf.set(name.value, found);
      return false;
    },
  });
  return visit(api, {
    InputObjectTypeDefinition: (node) => {
      const directive = oneOf.get(node.name.value);
      return directive && { ...node, directives: [...(node.directives ?? []), directive] };
    },
  });
}
