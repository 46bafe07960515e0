import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareTypeMap } from 'graphql-middleware';
import { deny, shield } from 'graphql-shield';

import type { Policies } from './policies.ts';
import { everyone, type ShieldRule } from './rules.ts';

type Guard = (resolve: () => unknown, ...args: Parameters<GraphQLFieldResolver<unknown, unknown>>) => unknown;
type ByField<Value> = Record<string, Record<string, Value>>;

/**
 * Has graphql-shield hold the policies. Fields open to everyone get no guard, so that a list of plain fields costs
 * nothing.
 */
export function guardSchema(schema: GraphQLSchema, policies: Policies): GraphQLSchema {
  const { Subscription, ...guards } = guardsOf(schema, policies);
  const guarded = applyMiddleware(schema, guards as IMiddlewareTypeMap);
  guardSubscribing(guarded, Subscription);
  return guarded;
}

function guardsOf(schema: GraphQLSchema, policies: Policies): ByField<Guard> {
  const rules: ByField<ShieldRule> = {};
  for (const [coordinate, { rule }] of policies) {
    const [type = '', field = ''] = coordinate.split('.');
    if (rule !== everyone.rule) (rules[type] ??= {})[field] = rule;
  }
  const fallbackError = new GraphQLError('You are not allowed to do this.', { extensions: { code: 'FORBIDDEN' } });
  const generated = shield(rules, { allowExternalErrors: true, fallbackRule: deny, fallbackError }).generate(schema);
  return Object.fromEntries(
    Object.entries(rules).map(([type, fields]) => [
      type,
      Object.fromEntries(
        Object.keys(fields).map((field) => [field, (generated as ByField<Guard>)[type]?.[field] as Guard]),
      ),
    ]),
  );
}

/** graphql-middleware guards the events of a subscription that has a `resolve`; the caller is judged when subscribing. */
function guardSubscribing(schema: GraphQLSchema, guards: Record<string, Guard> = {}): void {
  for (const [name, check] of Object.entries(guards)) {
    const field = schema.getSubscriptionType()?.getFields()[name];
    const subscribe = field?.subscribe;
    if (!field || !subscribe) throw new Error(`The subscription ${name} has no subscribe resolver`);
    field.subscribe = (...args) => check(() => subscribe(...args), ...args);
  }
}
