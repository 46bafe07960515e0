import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { deferDirective } from '../../operation/defer.ts';
import type { Variables } from '../../operation/operation-request.ts';
import type { CostModel } from './cost-model.ts';
import { itemsIn, itemsInLiteral } from './list-items.ts';

/** Costs where no directive declares one. */
export interface CostDefaults {
  /** Assumed size of an unbounded list. */
  readonly listSize: number;
  /** Cost of each field of a mutation. */
  readonly mutationField: number;
}

/** A number that may depend on the operation's variables. */
type Estimate = (run: Run) => number;

/** The state of one estimation; caches the cost of each fragment. */
interface Run {
  readonly variables: Variables;
  readonly fragments: Map<Estimate, number>;
  /** The items of lists in each variable. */
  readonly items: Map<string, number>;
}

/** The size of lists below a field, from its `sizedFields`. */
interface Sizing {
  readonly fields: readonly string[];
  readonly size: Estimate;
}

/**
 * Compiles the cost of an operation. By default an object costs 1, a leaf 0, and a list its size times an item. Each
 * item of a list in an argument costs 1, in a variable too. A deferred fragment costs 1 for each object, because it is
 * written and sent on its own.
 *
 * It is an upper bound: the fields of all fragments count, whatever the type of the object. Unknown fields cost
 * nothing; validation rejects them later.
 */
export function compileEstimate(
  schema: GraphQLSchema,
  model: CostModel,
  defaults: CostDefaults,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => number {
  const compiler = new Compiler(schema, model, defaults, document);
  const estimate = compiler.operation(operation);
  const preset = defaultsOf(operation);
  return (variables) => estimate({ variables: { ...preset, ...variables }, fragments: new Map(), items: new Map() });
}

class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #model: CostModel;
  readonly #defaults: CostDefaults;
  readonly #definitions = new Map<string, FragmentDefinitionNode>();
  /** By name, then by the sizing of the lists at its top. */
  readonly #fragments = new Map<string, Map<Sizing | undefined, Estimate>>();
  readonly #compiling = new Set<string>();

  constructor(schema: GraphQLSchema, model: CostModel, defaults: CostDefaults, document: DocumentNode) {
    this.#schema = schema;
    this.#model = model;
    this.#defaults = defaults;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#definitions.set(definition.name.value, definition);
    }
  }

  operation({ operation, selectionSet }: OperationDefinitionNode): Estimate {
    const root = this.#schema.getRootType(operation);
    return this.#selections(selectionSet, root ?? undefined, undefined);
  }

  #selections(set: SelectionSetNode, parent: GraphQLNamedType | undefined, sizing: Sizing | undefined): Estimate {
    const parts = set.selections.map((selection): Estimate => {
      switch (selection.kind) {
        case Kind.FIELD:
          return this.#field(selection, parent, sizing);
        case Kind.INLINE_FRAGMENT: {
          const type = selection.typeCondition ? this.#schema.getType(selection.typeCondition.name.value) : parent;
          return deferrable(selection, this.#selections(selection.selectionSet, type, sizing));
        }
        case Kind.FRAGMENT_SPREAD:
          return deferrable(selection, this.#spread(selection.name.value, sizing));
      }
    });
    return (run) => parts.reduce((total, part) => total + part(run), 0);
  }

  #spread(name: string, sizing: Sizing | undefined): Estimate {
    const bySizing = this.#fragments.get(name) ?? new Map<Sizing | undefined, Estimate>();
    this.#fragments.set(name, bySizing);
    const estimate = bySizing.get(sizing) ?? this.#fragment(name, sizing);
    bySizing.set(sizing, estimate);
    return (run) => {
      const cost = run.fragments.get(estimate) ?? estimate(run);
      run.fragments.set(estimate, cost);
      return cost;
    };
  }

  /** A cycle, which validation refuses later, weighs nothing. */
  #fragment(name: string, sizing: Sizing | undefined): Estimate {
    const definition = this.#definitions.get(name);
    if (!definition || this.#compiling.has(name)) return () => 0;
    this.#compiling.add(name);
    const type = this.#schema.getType(definition.typeCondition.name.value);
    const estimate = this.#selections(definition.selectionSet, type, sizing);
    this.#compiling.delete(name);
    return estimate;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | undefined, sizing: Sizing | undefined): Estimate {
    const field = fieldOf(parent, node);
    if (!parent || !field) return () => 0;
    const coordinate = `${parent.name}.${node.name.value}`;
    const named = getNamedType(field.type);
    const weight =
      (this.#model.weights.get(coordinate) ?? this.#model.weights.get(named.name) ?? (isCompositeType(named) ? 1 : 0)) +
      this.#argumentWeights(node, coordinate);
    const listSize = this.#listSize(node, coordinate);
    const below = node.selectionSet ? this.#selections(node.selectionSet, named, listSize.below) : () => 0;
    const writing = parent === this.#schema.getMutationType() ? this.#defaults.mutationField : 0;
    const reading = listItems(node.arguments ?? []);
    if (!isList(field.type)) return (run) => writing + reading(run) + weight + below(run);
    const size = sizing?.fields.includes(node.name.value) ? sizing.size : listSize.own;
    return (run) => writing + reading(run) + size(run) * (weight + below(run));
  }

  #argumentWeights(node: FieldNode, coordinate: string): number {
    return (node.arguments ?? []).reduce(
      (total, { name }) => total + (this.#model.weights.get(`${coordinate}(${name.value})`) ?? 0),
      0,
    );
  }

  /** The size of the field's own list, and of lists below it. */
  #listSize(node: FieldNode, coordinate: string): { own: Estimate; below: Sizing | undefined } {
    const declared = this.#model.listSizes.get(coordinate);
    const unbounded = declared?.assumedSize ?? this.#defaults.listSize;
    const given = (declared?.slicingArguments ?? []).flatMap((name) => {
      const argument = node.arguments?.find((each) => each.name.value === name);
      return argument ? [numberOf(argument.value)] : [];
    });
    const size: Estimate = (run) => {
      const bounds = given.flatMap((bound) => bound(run) ?? []);
      return bounds.length > 0 ? Math.max(0, ...bounds) : unbounded;
    };
    const fields = declared?.sizedFields;
    return { own: size, below: fields ? { fields, size } : undefined };
  }
}

function deferrable({ directives }: InlineFragmentNode | FragmentSpreadNode, fragment: Estimate): Estimate {
  if (deferDirective(directives, {}) === undefined) return fragment;
  return (run) => fragment(run) + (deferDirective(directives, run.variables) ? 1 : 0);
}

function fieldOf(parent: GraphQLNamedType | undefined, node: FieldNode): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

function numberOf(value: ValueNode): (run: Run) => number | undefined {
  if (value.kind === Kind.INT) {
    const number = Number(value.value);
    return () => number;
  }
  if (value.kind !== Kind.VARIABLE) return () => undefined;
  const name = value.name.value;
  return ({ variables }) => (typeof variables[name] === 'number' ? variables[name] : undefined);
}

/** The items of lists in the arguments of a field. */
function listItems(given: readonly ArgumentNode[]): Estimate {
  const found = given.map(({ value }) => itemsInLiteral(value));
  const items = found.reduce((total, literal) => total + literal.items, 0);
  const names = found.flatMap(({ variables }) => variables);
  if (names.length === 0) return () => items;
  return (run) => names.reduce((total, name) => total + itemsOf(run, name), items);
}

function itemsOf({ variables, items }: Run, name: string): number {
  const known = items.get(name);
  if (known !== undefined) return known;
  const found = itemsIn(variables[name]);
  items.set(name, found);
  return found;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
