import {
  getArgumentValues,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  GraphQLError,
  type GraphQLSchema,
  isEnumType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

import type { Declarations } from './directives.ts';
import { hash } from './random.ts';
import { leafOf, leavesOf, plain, selects } from './selections.ts';
import { keyValue, scalar } from './values.ts';

/** Entities of each kind; few, so that they repeat. */
const ENTITIES = 6;

/** An object of the world. All subgraphs and the plain schema resolve its fields to the same values. */
export interface Thing {
  readonly __typename: string;
  /** `Kind#number` of the entity it is or is part of, and the way to it from there. */
  readonly identity: string;
  /** The things around it that set contexts. */
  readonly contexts?: Readonly<Record<string, Thing>>;
  /** The representation that it came from. */
  readonly given?: Readonly<Record<string, unknown>>;
}

export interface WorldOptions {
  readonly seed: number;
  /** The public schema, for the types of each interface. */
  readonly schema: GraphQLSchema;
  readonly declarations: Declarations;
  /** Probabilities that nullable fields are null and that fields fail; 0 to 1. */
  readonly nulls: number;
  readonly failures: number;
}

/** Computes field values by hashing their object, so that they need no data and are equal in every subgraph. */
export class World {
  readonly #options: WorldOptions;

  constructor(options: WorldOptions) {
    this.#options = options;
  }

  readonly resolve: GraphQLFieldResolver<Thing | undefined, unknown> = (source, args, _context, info) => {
    const thing = source ?? { __typename: info.parentType.name, identity: `root#0/${info.parentType.name}` };
    return this.#field(thing, info.fieldName, args, info.returnType, info.schema);
  };

  /** Finds the entity of a representation. */
  reference(representation: Readonly<Record<string, unknown>>, schema: GraphQLSchema): Thing {
    const typename = String(representation['__typename']);
    const values = (this.#options.declarations.keys.get(typename) ?? []).map((key) => leafOf(representation, key));
    const value = values.find((candidate) => typeof candidate === 'string' || typeof candidate === 'number');
    const number = /^k?(\d+)$/.exec(String(value))?.[1];
    if (number === undefined) throw new Error(`No key in ${JSON.stringify(representation)}`);
    // A reference by interface does not name the type; the subgraph with the interface knows it.
    const isKnown = isObjectType(schema.getType(typename));
    const concrete = isKnown ? typename : this.#concreteOf(typename, Number(number));
    return { __typename: concrete, identity: `${this.#kindOf(typename)}#${number}`, given: representation };
  }

  #field(
    thing: Thing,
    field: string,
    args: Readonly<Record<string, unknown>>,
    type: GraphQLOutputType,
    schema: GraphQLSchema,
  ): unknown {
    const isKey = this.#isKey(thing.__typename, field);
    const required = this.#required(thing, field, schema);
    const all = Object.entries({ ...args, ...this.#contextual(thing, field, schema) });
    const given = JSON.stringify(Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))));
    const coordinate = `${thing.identity}/${field}${given}${required}`;
    const draw = hash(`${this.#options.seed} fails ${coordinate}`) / 2 ** 32;
    if (!isKey && draw < this.#options.failures) {
      throw new GraphQLError(`secret cause of ${coordinate}`, {
        extensions: draw * 2 < this.#options.failures ? { code: 'FORBIDDEN' } : {},
      });
    }
    return this.#value(thing, field, coordinate, type, schema, isKey);
  }

  /** The arguments from contexts, which the plain schema does not have. */
  #contextual(thing: Thing, field: string, schema: GraphQLSchema): Record<string, unknown> {
    if (schema !== this.#options.schema) return {};
    const found = this.#options.declarations.contextual.get(`${thing.__typename}.${field}`) ?? [];
    return Object.fromEntries(
      found.map(({ name, context, selection }) => {
        const around = thing.contexts?.[context];
        if (around === undefined) throw new Error(`Nothing around ${thing.identity} sets ${context}`);
        return [name, leavesOf(this.#select(around, selection, schema))];
      }),
    );
  }

  #value(
    thing: Thing,
    field: string,
    at: string,
    type: GraphQLOutputType,
    schema: GraphQLSchema,
    isKey: boolean,
  ): unknown {
    if (isNonNullType(type)) return this.#present(thing, field, at, type.ofType, schema, isKey);
    if (!isKey && hash(`${this.#options.seed} null ${at}`) / 2 ** 32 < this.#options.nulls) return null;
    return this.#present(thing, field, at, type, schema, isKey);
  }

  #present(
    thing: Thing,
    field: string,
    at: string,
    type: GraphQLOutputType,
    schema: GraphQLSchema,
    isKey: boolean,
  ): unknown {
    const drawn = hash(`${this.#options.seed} ${at}`);
    if (isNonNullType(type)) throw new Error('A type cannot be non-null twice');
    if (isListType(type)) {
      return Array.from({ length: drawn % 4 }, (_, index) =>
        this.#value(thing, field, `${at}[${index}]`, type.ofType, schema, isKey),
      );
    }
    if (isEnumType(type)) return type.getValues()[drawn % type.getValues().length]?.value;
    if (isScalarType(type)) return isKey ? keyValue(numberOf(thing), type.name) : scalar(drawn, type.name);
    return this.#object(thing, at, type.name, drawn, schema, isKey);
  }

  #object(thing: Thing, at: string, typename: string, drawn: number, schema: GraphQLSchema, isKey: boolean): Thing {
    const { declarations } = this.#options;
    const concrete = this.#concreteOf(typename, drawn);
    const isEntity = (declarations.keys.get(concrete) ?? []).length > 0;
    if (!isEntity) return this.#within(thing, { __typename: concrete, identity: at });
    const kind = this.#kindOf(concrete);
    // Any part of a key identifies the entity.
    const drawnNumber = isKey ? numberOf(thing) : drawn % ENTITIES;
    const number = this.#numberWithin(kind, typename === kind ? kind : concrete, drawnNumber);
    // In a subgraph with an interface object, the interface is the type.
    const known = schema.getType(typename);
    const name = isObjectType(known) ? typename : this.#concreteOf(kind, number);
    return this.#within(thing, {
      __typename: isObjectType(schema.getType(name)) ? name : typename,
      identity: `${kind}#${number}`,
    });
  }

  /** The thing with the contexts around it and its own. */
  #within(around: Thing, thing: Thing): Thing {
    const own = this.#options.declarations.contexts.get(thing.__typename) ?? [];
    if (own.length === 0 && around.contexts === undefined) return thing;
    return { ...thing, contexts: { ...around.contexts, ...Object.fromEntries(own.map((name) => [name, thing])) } };
  }

  /** The entity interface of a type, else the type itself. */
  #kindOf(typename: string): string {
    const { declarations, schema } = this.#options;
    const type = schema.getType(typename);
    const interfaces = isObjectType(type) ? type.getInterfaces().map(({ name }) => name) : [];
    return interfaces.find((name) => declarations.entityInterfaces.has(name)) ?? typename;
  }

  #possible(typename: string): readonly string[] {
    const { schema } = this.#options;
    const type = schema.getType(typename);
    if (isAbstractType(type)) {
      return schema.getPossibleTypes(type).map(({ name }) => name);
    }
    return [typename];
  }

  #concreteOf(typename: string, drawn: number): string {
    const possible = this.#possible(typename);
    return possible[drawn % possible.length] ?? typename;
  }

  /** Entity numbers alternate between an interface's types, so a number must be one of its type. */
  #numberWithin(kind: string, typename: string, number: number): number {
    const possible = this.#possible(kind);
    const index = possible.indexOf(typename);
    if (index < 0 || possible.length < 2) return number;
    return number - (number % possible.length) + index;
  }

  #isKey(typename: string, field: string): boolean {
    const types = [typename, this.#kindOf(typename)];
    return types.some((type) => (this.#options.declarations.keys.get(type) ?? []).some((key) => selects(key, field)));
  }

  /** The values from which a field is computed, from the representation if there is one. */
  #required(thing: Thing, field: string, schema: GraphQLSchema): string {
    const { requires } = this.#options.declarations;
    const selections =
      requires.get(`${thing.__typename}.${field}`) ?? requires.get(`${this.#kindOf(thing.__typename)}.${field}`);
    if (selections === undefined) return '';
    return JSON.stringify(this.#select(thing, selections, schema));
  }

  #select(thing: Thing, selectionSet: SelectionSetNode, schema: GraphQLSchema): Record<string, unknown> {
    const selected: Record<string, unknown> = {};
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const isOfType = selection.typeCondition?.name.value === thing.__typename;
        if (isOfType) Object.assign(selected, this.#select(thing, selection.selectionSet, schema));
      }
      if (selection.kind !== Kind.FIELD) continue;
      const name = selection.name.value;
      const given = thing.given?.[name];
      selected[name] = given === undefined ? this.#truth(thing, selection, schema) : plain(given);
    }
    return selected;
  }

  #truth(thing: Thing, node: SelectionSetNode['selections'][number], schema: GraphQLSchema): unknown {
    if (node.kind !== Kind.FIELD) return undefined;
    const type = this.#options.schema.getType(thing.__typename);
    const definition = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
    if (definition === undefined) throw new Error(`${thing.__typename} has no ${node.name.value}`);
    const args = getArgumentValues(definition, node);
    const value = this.#field(
      { __typename: thing.__typename, identity: thing.identity },
      node.name.value,
      args,
      definition.type,
      schema,
    );
    const deepen = (item: unknown): unknown => {
      if (Array.isArray(item)) return item.map(deepen);
      return node.selectionSet && item !== null
        ? this.#select(item as Thing, node.selectionSet, this.#options.schema)
        : item;
    };
    return deepen(value);
  }
}

function numberOf({ identity }: Thing): number {
  return Number(/#(\d+)/.exec(identity)?.[1]);
}
