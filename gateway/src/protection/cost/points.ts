import { type DocumentNode, getOperationAST, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Engine, Generation } from '../../engine/api.ts';
import type { ParsedOperation } from '../../operation/operation-request.ts';
import { rootFields } from '../root-fields.ts';
import { costModelIn } from './cost-model.ts';

/**
 * The points that operations charge to the rate limits: the sum of their root fields, at least 1.
 *
 * A field of a query or subscription is 1, and one of a mutation `mutationField`, unless `@cost` gives it a weight.
 * `__schema` and `__type` are 50.
 * Each alias of a field counts, whatever `@skip` and `@include` say. They are known before the operation validates.
 */
export function operationPoints(engine: Engine, mutationField: number): (operation: ParsedOperation) => number {
  const generations = new WeakMap<Generation, WeakMap<OperationDefinitionNode, number>>();
  return ({ document, operationName }) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return 1;
    const generation = engine.current();
    let known = generations.get(generation);
    if (!known) generations.set(generation, (known = new WeakMap()));
    let points = known.get(operation);
    if (points === undefined) {
      points = Math.max(1, rootCost(generation, document, operation, mutationField));
      known.set(operation, points);
    }
    return points;
  };
}

/** Both can answer with half of the schema, which takes some 20 ms. */
const INTROSPECTION: ReadonlyMap<string, number> = new Map([
  ['__schema', 50],
  ['__type', 50],
]);

function rootCost(
  generation: Generation,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
  mutationField: number,
): number {
  const { weights } = costModelIn(generation);
  const root = generation.schema.getRootType(operation)?.name;
  const preset = operation === OperationTypeNode.MUTATION ? mutationField : 1;
  let total = 0;
  for (const name of rootFields(document, selectionSet).values())
    total += weights.get(`${root}.${name}`) ?? INTROSPECTION.get(name) ?? preset;
  return total;
}
