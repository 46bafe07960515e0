import type { CoercedVariables } from '../operation/condition.ts';
import type { Variables } from '../operation/operation-request.ts';
import { sentVariables, namePairs } from './fetch/subgraph-request.ts';
import type { SubscriptionPlan } from './prepared-operation.ts';
import type { Variant, Variants } from './variants.ts';

interface SubscriptionParts extends Pick<SubscriptionPlan, 'hydrate' | 'planHash'> {
  valuesOf(variables: Variables): CoercedVariables;
}

/** The plan of a subscription; undefined when its root field is unauthorised or skipped. */
export function subscriptionPlan(
  variants: Variants,
  extremes: readonly Variant[],
  { valuesOf, ...parts }: SubscriptionParts,
): SubscriptionPlan | undefined {
  const nodes = extremes.map(({ plan }) => plan.node);
  const node = nodes.find((candidate) => candidate?.kind === 'Subscription');
  if (node?.kind !== 'Subscription') return undefined;
  return {
    subgraph: node.primary.serviceName,
    request: async (variables) => {
      const own = (await variants.get(valuesOf(variables))).plan.node;
      const { primary } = own?.kind === 'Subscription' ? own : node;
      const names = namePairs(primary, (planned) => variants.clientVariable(planned));
      const given = Object.fromEntries(sentVariables(names, variables));
      return { query: primary.operation, operationName: primary.operationName, variables: given };
    },
    ...parts,
  };
}
