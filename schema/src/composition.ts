import { composeServices } from '@apollo/composition';
import { printSchema, Supergraph } from '@apollo/federation-internals';
import { type ConstDirectiveNode, type DocumentNode, parse, print, visit } from 'graphql';

import type { RegisteredSubgraph } from './subgraphs.ts';

/** What composition makes of the subgraphs, as text. */
export interface Composed {
  /** What the gateway runs. */
  readonly supergraph: string;
  /** What clients see. */
  readonly api: string;
}

/** The subgraphs do not make one supergraph. */
export class CompositionError extends Error {
  /** What is wrong, a sentence each, beginning with the subgraphs concerned. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Composes the subgraphs. @throws {CompositionError} */
export function compose(subgraphs: readonly RegisteredSubgraph[]): Composed {
  const result = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (result.errors) throw new CompositionError(result.errors.map(({ message }) => message));
  const supergraph = result.supergraphSdl;
  const api = printSchema(Supergraph.build(supergraph, { supportedFeatures: null }).apiSchema());
  return { supergraph: `${supergraph.trim()}\n`, api: `${print(withOneOf(parse(api), parse(supergraph))).trim()}\n` };
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
