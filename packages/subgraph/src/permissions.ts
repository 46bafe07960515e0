import { GraphQLError, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { allow, deny, type not, rule, shield } from 'graphql-shield';
import { applyMiddleware, type IMiddlewareTypeMap } from 'graphql-middleware';

import { hasScope, userIdOf } from './caller.ts';
import type { RequestContext } from './context.ts';
import { forbidden, unauthenticated } from '@marquee/errors';

type Rule = Parameters<typeof not>[0];

/** Who may read each field: a rule for a whole type, or one for every field of it. */
export type Permissions = Readonly<Record<string, Rule | Readonly<Record<string, Rule>>>>;

/** Anybody, signed in or not. */
export const everyone: Rule = allow;

/** Nobody through the graph. */
export const nobody: Rule = deny;

const guard = (check: (context: RequestContext, parent: unknown) => true | Error): Rule =>
  rule({ cache: 'no_cache' })((parent: unknown, _args: unknown, context: RequestContext) => check(context, parent));

/** A signed-in person. */
export const signedIn: Rule = guard(({ caller }) => (caller.kind === 'user' ? true : unauthenticated()));

/** A person whose token carries one of the scopes. */
export function withScope(...scopes: readonly [string, ...string[]]): Rule {
  return guard(({ caller }) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    return scopes.some((scope) => hasScope(caller, scope)) ? true : forbidden();
  });
}

/**
 * The person a thing belongs to, or one whose token carries the scope.
 *
 * @param ownerOf reads the owner's user id off the parent
 */
export function ownerOr<Parent>(scope: string, ownerOf: (parent: Parent) => string): Rule {
  return guard(({ caller }, parent) => {
    if (caller.kind === 'service') return true;
    if (caller.kind === 'anonymous') return unauthenticated();
    return userIdOf(caller) === ownerOf(parent as Parent) || hasScope(caller, scope) ? true : forbidden();
  });
}

/** Another subgraph, never a person. */
export const service: Rule = guard(({ caller }) => (caller.kind === 'service' ? true : forbidden()));

/** The policies of the types that every subgraph has. */
const COMMON: Permissions = { Money: everyone, PageInfo: everyone, _Service: everyone };
const FEDERATION_QUERIES = { _service: everyone, _entities: everyone };

function ruleOf(permissions: Permissions, type: string, field: string): Rule | undefined {
  const policy = permissions[type];
  if (policy === undefined) return undefined;
  return 'resolve' in policy && typeof policy.resolve === 'function'
    ? (policy as Rule)
    : (policy as Readonly<Record<string, Rule>>)[field];
}

/** @throws when a field of the schema has no policy, or a policy names a field that does not exist. */
function assertComplete(schema: GraphQLSchema, permissions: Permissions): void {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  const missing = types.flatMap((type) =>
    isObjectType(type)
      ? Object.keys(type.getFields())
          .filter((field) => ruleOf(permissions, type.name, field) === undefined)
          .map((field) => `${type.name}.${field}`)
      : [],
  );
  if (missing.length > 0) throw new Error(`Fields without a policy: ${missing.join(', ')}`);
  for (const [name, policy] of Object.entries(permissions)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`A policy names the type ${name}, which the schema does not have`);
    if ('resolve' in policy && typeof policy.resolve === 'function') continue;
    const unknown = Object.keys(policy).filter((field) => !(field in type.getFields()));
    if (unknown.length > 0) throw new Error(`Policies name unknown fields of ${name}: ${unknown.join(', ')}`);
  }
}

/**
 * Guards the schema's fields with the permissions, by graphql-shield.
 *
 * Every field must have a policy, else this throws. Fields open to everyone get no guard at run time, so that a
 * list of plain fields costs nothing.
 */
export function guarded(schema: GraphQLSchema, permissions: Permissions): GraphQLSchema {
  const { Query, ...rest } = permissions;
  const all: Permissions = {
    ...COMMON,
    ...rest,
    Query: { ...FEDERATION_QUERIES, ...(Query as Readonly<Record<string, Rule>> | undefined) },
  };
  const present = Object.fromEntries(
    Object.entries(all).filter(([name]) => !(name in COMMON) || schema.getType(name) !== undefined),
  );
  assertComplete(schema, present);
  const fallbackError = new GraphQLError('You are not allowed to do this.', { extensions: { code: 'FORBIDDEN' } });
  const generated = shield(present, { allowExternalErrors: true, fallbackRule: deny, fallbackError }).generate(schema);
  const pruned: Record<string, Record<string, unknown>> = {};
  for (const [type, fields] of Object.entries(generated as Record<string, Record<string, unknown>>)) {
    const guardedFields = Object.entries(fields).filter(([field]) => ruleOf(present, type, field) !== everyone);
    if (guardedFields.length > 0) pruned[type] = Object.fromEntries(guardedFields);
  }
  const { Subscription, ...others } = pruned;
  const result = applyMiddleware(schema, others as IMiddlewareTypeMap);
  guardSubscribing(result, Subscription as Record<string, Guard> | undefined);
  return result;
}

type Guard = (resolve: () => unknown, ...args: Parameters<GraphQLFieldResolver<unknown, unknown>>) => unknown;

/** graphql-middleware guards the events of a subscription that has a `resolve`; the caller is judged when subscribing. */
function guardSubscribing(schema: GraphQLSchema, guards: Record<string, Guard> = {}): void {
  for (const [name, check] of Object.entries(guards)) {
    const field = schema.getSubscriptionType()?.getFields()[name];
    const subscribe = field?.subscribe;
    if (!field || !subscribe) throw new Error(`The subscription ${name} has no subscribe resolver`);
    field.subscribe = (...args) => check(() => subscribe(...args), ...args);
  }
}
