import type { CoercedVariables } from '../operation/condition.ts';
import type { Variables } from '../operation/operation-request.ts';
import { sentVariables, namePairs } from './fetch/subgraph-request.ts';
import type { SubscriptionPlan } from './prepared-operation.ts';
import type { Variants } from './variants.ts';

interface SubscriptionParts {
  valuesOf(variables: Variables): CoercedVariables;
  readonly hydrate: SubscriptionPlan['hydrate'];
}

/** Plans a subscription; undefined when its root field is unauthorised or skipped. */
export function subscriptionPlan(
  variants: Variants,
  { valuesOf, hydrate }: SubscriptionParts,
): SubscriptionPlan | undefined {
  const nodes = variants.extremes().map(({ plan }) => plan.node);
  const node = nodes.find((candidate) => candidate?.kind === 'Subscription');
  if (node?.kind !== 'Subscription') return undefined;
  return {
    subgraph: node.primary.serviceName,
    request: (variables) => {
      const own = variants.get(valuesOf(variables)).plan.node;
      const { primary } = own?.kind === 'Subscription' ? own : node;
      const names = namePairs(primary, (planned) => variants.clientVariable(planned));
      const given = Object.fromEntries(sentVariables(names, variables));
      return { query: primary.operation, operationName: primary.operationName, variables: given };
    },
    hydrate,
  };
}
