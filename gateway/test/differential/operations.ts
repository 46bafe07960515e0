import {
  getNamedType,
  getNullableType,
  type GraphQLAbstractType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  parse,
  validate,
} from 'graphql';

import { pick } from './random.ts';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/**
 * A valid random operation. With defers, a part of its fragments has `@defer`. Hostile aliases are names of other fields, names like `__proto__`, or aliases of different
 * fields in different places.
 */
export function generateOperation(
  schema: GraphQLSchema,
  random: () => number,
  aliases: 'tame' | 'hostile' = 'hostile',
  defers = false,
): GeneratedOperation {
  for (let attempt = 0; attempt < 200; attempt++) {
    const operation = new Generator(schema, random, aliases, defers).operation();
    if (validate(schema, parse(operation.query)).length === 0) return operation;
  }
  throw new Error('No valid operation came up');
}

const MAX_DEPTH = 5;
/** Approximate maximum of selections, so that failures are readable. */
const MAX_SELECTIONS = 40;

class Generator {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  readonly #variables: { name: string; type: string; fallback: string; value: unknown }[] = [];
  readonly #fragments = new Map<string, { type: string; text: string }>();
  readonly #aliasing: 'tame' | 'hostile';
  readonly #defers: boolean;
  #aliases = 0;
  #selected = 0;

  constructor(schema: GraphQLSchema, random: () => number, aliases: 'tame' | 'hostile', defers: boolean) {
    this.#schema = schema;
    this.#defers = defers;
    this.#aliasing = aliases;
    this.#random = random;
  }

  operation(): GeneratedOperation {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('There is nothing to query');
    const selections = this.#selections(root, 0);
    const variables = this.#variables.map(({ name, type, fallback }) => `$${name}: ${type}${fallback}`).join(' ');
    const fragments = [...this.#fragments].map(([name, { type, text }]) => `fragment ${name} on ${type} ${text}`);
    return {
      query: [`query Generated${variables === '' ? '' : `(${variables})`} ${selections}`, ...fragments].join('\n'),
      variables: Object.fromEntries(
        this.#variables.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      ),
    };
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = [];
    const wanted = 1 + Math.floor(this.#random() * 4);
    const count = this.#selected > MAX_SELECTIONS ? 1 : wanted;
    this.#selected += count;
    for (let index = 0; index < count; index++) parts.push(this.#selection(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const drawn = this.#random();
    if (drawn < 0.08) return this.#chance(0.5) ? '__typename' : `t${this.#aliases++}: __typename`;
    if (isAbstractType(type) ? drawn < 0.6 || isUnionType(type) : drawn < 0.15) return this.#fragment(type, depth);
    return isUnionType(type) ? '__typename' : this.#field(type, depth);
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    const target = this.#fragmentType(type);
    const inner = this.#selections(target, depth);
    if (this.#chance(0.3)) {
      const name = `F${this.#fragments.size}`;
      this.#fragments.set(name, { type: target.name, text: inner });
      return `...${name}${this.#condition()}${this.#defer()}`;
    }
    const condition = target === type && this.#chance(0.5) ? '' : ` on ${target.name}`;
    return `...${condition}${this.#condition()}${this.#defer()} ${inner}`;
  }

  /** Often a type that some object has in common with `type`, so that nested fragments may have none in common. */
  #fragmentType(type: GraphQLCompositeType): GraphQLCompositeType {
    if (!isAbstractType(type)) return pick([type, ...this.#abstractTypesOf(type)], this.#random);
    const objects = this.#schema.getPossibleTypes(type);
    return pick([...objects, ...objects, ...objects.flatMap((object) => this.#abstractTypesOf(object))], this.#random);
  }

  #abstractTypesOf(object: GraphQLObjectType): GraphQLAbstractType[] {
    const types = Object.values(this.#schema.getTypeMap());
    return types.filter(isAbstractType).filter((type) => this.#schema.isSubType(type, object));
  }

  #field(type: Exclude<GraphQLCompositeType, { getTypes: unknown }>, depth: number): string {
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const candidates = depth >= MAX_DEPTH || this.#selected > MAX_SELECTIONS ? leaves : fields;
    if (candidates.length === 0) return '__typename';
    const field = pick(candidates, this.#random);
    const result = getNamedType(field.type);
    const below = isCompositeType(result) ? ` ${this.#selections(result, depth + 1)}` : '';
    return `${this.#alias(field, fields)}${field.name}${this.#arguments(field.args)}${this.#condition()}${below}`;
  }

  #alias(field: GraphQLField<unknown, unknown>, fields: readonly GraphQLField<unknown, unknown>[]): string {
    const drawn = this.#random();
    if (field.args.length > 0 && drawn > 0.4) return `a${this.#aliases++}: `;
    if (drawn < 0.1) return `a${this.#aliases++}: `;
    if (this.#aliasing === 'tame') return '';
    if (drawn < 0.14) return `${pick(fields, this.#random).name}: `;
    if (drawn < 0.15)
      return `${pick(['constructor', 'toString', '__proto__', 'hasOwnProperty', '__typename'], this.#random)}: `;
    if (drawn < 0.2) return `${pick(['one', 'two', 'three'], this.#random)}: `;
    return '';
  }

  #arguments(args: readonly GraphQLArgument[]): string {
    const given = args.filter(({ type }) => isNonNullType(type) || this.#chance(0.5));
    if (given.length === 0) return '';
    return `(${given.map(({ name, type }) => `${name}: ${this.#argument(type)}`).join(', ')})`;
  }

  #argument(type: GraphQLInputType): string {
    const value = this.#value(type);
    if (this.#chance(0.5)) return literal(type, value);
    const name = `v${this.#variables.length}`;
    const isOptional = this.#chance(0.3);
    const fallback = isOptional ? ` = ${literal(type, value)}` : '';
    this.#variables.push({
      name,
      type: String(type),
      fallback,
      value: isOptional && this.#chance(0.5) ? undefined : value,
    });
    return `$${name}`;
  }

  #value(type: GraphQLInputType): unknown {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return [this.#value(nullable.ofType)];
    if (isEnumType(nullable)) return pick(nullable.getValues(), this.#random).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(() => this.#chance(0.6));
      return Object.fromEntries(fields.map((field) => [field.name, this.#value(field.type)]));
    }
    switch (getNamedType(nullable).name) {
      case 'Int':
        return Math.floor(this.#random() * 5);
      case 'Boolean':
        return this.#chance(0.5);
      default:
        return `k${Math.floor(this.#random() * 6)}`;
    }
  }

  #defer(): string {
    return this.#defers && this.#chance(0.6) ? ' @defer' : '';
  }

  #condition(): string {
    if (!this.#chance(0.12)) return '';
    const directive = this.#chance(0.5) ? 'skip' : 'include';
    if (this.#chance(0.3)) return ` @${directive}(if: ${this.#chance(0.5)})`;
    const known = this.#variables.filter(({ type }) => type === 'Boolean!');
    if (known.length > 0 && this.#chance(0.5)) return ` @${directive}(if: $${pick(known, this.#random).name})`;
    const name = `c${this.#variables.length}`;
    const isOptional = this.#chance(0.3);
    this.#variables.push({
      name,
      type: 'Boolean!',
      fallback: isOptional ? ` = ${this.#chance(0.5)}` : '',
      value: isOptional && this.#chance(0.5) ? undefined : this.#chance(0.5),
    });
    return ` @${directive}(if: $${name})`;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }
}

function literal(type: GraphQLInputType, value: unknown): string {
  const nullable = getNullableType(type);
  if (Array.isArray(value) && isListType(nullable))
    return `[${value.map((item) => literal(nullable.ofType, item)).join(', ')}]`;
  if (isEnumType(nullable)) return String(value);
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    const entries = Object.entries(value as Record<string, unknown>);
    return `{${entries.map(([name, inner]) => `${name}: ${literal(fields[name]?.type ?? type, inner)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
