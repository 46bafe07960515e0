import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareTypeMap } from 'graphql-middleware';

import { deny, shield } from './graphql-shield.ts';
import type { Policies } from './policies.ts';
import { everyone, type ShieldRule } from './rules.ts';

type Middleware = (resolve: () => unknown, ...args: Parameters<GraphQLFieldResolver<unknown, unknown>>) => unknown;
type ByField<Value> = Record<string, Record<string, Value>>;

/** Enforces policies with graphql-shield. Fields open to everyone are not wrapped, so they cost nothing. */
export function applyPolicies(schema: GraphQLSchema, policies: Policies): GraphQLSchema {
  const { Subscription, ...middleware } = policyMiddleware(schema, policies);
  const protectedSchema = applyMiddleware(schema, middleware as IMiddlewareTypeMap);
  applyToSubscribe(protectedSchema, Subscription);
  return protectedSchema;
}

function policyMiddleware(schema: GraphQLSchema, policies: Policies): ByField<Generated> {
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
        Object.keys(fields).map((field) => [field, (generated as ByField<Generated>)[type]?.[field] as Generated]),
      ),
    ]),
  );
}

/** As graphql-shield makes it: that of several rules together is an object. */
type Generated = Middleware | { readonly resolve: Middleware };

/** graphql-middleware would check each event of a subscription; the policy is checked once, when subscribing. */
function applyToSubscribe(schema: GraphQLSchema, middleware: Record<string, Generated> = {}): void {
  for (const [name, generated] of Object.entries(middleware)) {
    const check = typeof generated === 'function' ? generated : generated.resolve;
    const field = schema.getSubscriptionType()?.getFields()[name];
    const subscribe = field?.subscribe;
    if (!field || !subscribe) throw new Error(`The subscription ${name} has no subscribe resolver`);
    field.subscribe = (...args) => check(() => subscribe(...args), ...args);
  }
}
