import { compileInput, fragmentsIn, inputLimitsRule, type OperationInput } from '@marquee/input';
import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

export type OperationKind = `${OperationTypeNode}`;

/** A document that was parsed and validated. */
export interface PreparedDocument {
  /** Undefined when there are errors. */
  readonly document?: DocumentNode;
  readonly errors: readonly GraphQLError[];
  /** The type of its first operation; `query` when it does not parse. */
  readonly kind: OperationKind;
  /** The variables of an operation; undefined when there is no such operation. */
  inputOf(name: string | undefined): OperationInput | undefined;
}

const MAX_DOCUMENTS = 2_000;
/** Total length of the kept documents. A parsed one takes about 30 bytes a character, and up to 250. */
const MAX_CHARACTERS = 1 << 20;
const MAX_TOKENS = 20_000;
const RULES = [...specifiedRules, inputLimitsRule];

/** The documents of a subgraph's requests. Those used last are kept, because a gateway sends the same few. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #kept = new LRUCache<string, PreparedDocument>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_prepared, query) => query.length + 1,
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  prepare(query: string): PreparedDocument {
    const kept = this.#kept.get(query);
    if (kept) return kept;
    const prepared = this.#parse(query);
    this.#kept.set(query, prepared);
    return prepared;
  }

  #parse(query: string): PreparedDocument {
    try {
      const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true });
      const errors = this.#validate(query, document);
      const kind = document.definitions.find((part) => 'operation' in part)?.operation ?? 'query';
      if (errors.length > 0) return { errors, kind, inputOf: () => undefined };
      return { document, errors, kind, inputOf: inputsOf(this.#schema, document) };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error], kind: 'query', inputOf: () => undefined };
      throw error;
    }
  }

  /** Kept documents have no locations, to save memory. An invalid one is parsed again to report them. */
  #validate(query: string, document: DocumentNode): readonly GraphQLError[] {
    const errors = validate(this.#schema, document, RULES);
    return errors.length > 0 ? validate(this.#schema, parse(query), RULES) : errors;
  }
}

/** Compiles the variables of each operation when it is first requested. */
function inputsOf(schema: GraphQLSchema, document: DocumentNode): PreparedDocument['inputOf'] {
  const inputs = new Map<string | undefined, OperationInput>();
  return (name) => {
    const compiled = inputs.get(name);
    if (compiled) return compiled;
    const operation = getOperationAST(document, name);
    if (!operation) return undefined;
    const input = compileInput(schema, operation, fragmentsIn(document));
    inputs.set(name, input);
    return input;
  };
}
