import { type ConstDirectiveNode, type DefinitionNode, Kind, parse, valueFromASTUntyped } from 'graphql';
import type { Generation } from '../../engine/api.ts';

/** `@listSize` of a field. */
export interface ListSize {
  readonly assumedSize?: number;
  /** Arguments that bound the list; the largest value counts. */
  readonly slicingArguments?: readonly string[];
  /** Fields of the returned object that contain the list, such as `edges` of a connection. */
  readonly sizedFields?: readonly string[];
}

/** `@cost` and `@listSize` of a supergraph, by coordinate: `Type`, `Type.field`, `Type.field(argument)`. */
export interface CostModel {
  readonly weights: ReadonlyMap<string, number>;
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

const COST_NAMES = new Set(['cost']);
const LIST_SIZE_NAMES = new Set(['listSize', 'cost__listSize']);

interface Annotated {
  readonly name: { readonly value: string };
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const models = new WeakMap<Generation, CostModel>();

/** The cost model of a supergraph, read on first use. */
export function costModelIn(generation: Generation): CostModel {
  const model = models.get(generation) ?? costModelOf(generation.supergraphSdl);
  models.set(generation, model);
  return model;
}

/** Reads the cost directives from a supergraph's SDL, because the API schema does not contain them. */
export function costModelOf(supergraphSdl: string): CostModel {
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  const readDirectives = (coordinate: string, { directives = [] }: Annotated) => {
    for (const directive of directives) {
      if (COST_NAMES.has(directive.name.value)) weights.set(coordinate, Number(argumentsOf(directive)['weight'] ?? 1));
      else if (LIST_SIZE_NAMES.has(directive.name.value)) listSizes.set(coordinate, argumentsOf(directive));
    }
  };
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || !definition.name) continue;
    readDirectives(definition.name.value, definition as Annotated);
    for (const field of fieldsOf(definition)) {
      const coordinate = `${definition.name.value}.${field.name.value}`;
      readDirectives(coordinate, field);
      for (const argument of field.arguments ?? []) readDirectives(`${coordinate}(${argument.name.value})`, argument);
    }
  }
  return { weights, listSizes };
}

function fieldsOf(definition: DefinitionNode): readonly (Annotated & { arguments?: readonly Annotated[] })[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []) as readonly (Annotated & { arguments?: readonly Annotated[] })[];
    default:
      return [];
  }
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}
