import { getNamedType, type GraphQLResolveInfo } from 'graphql';

import { type Caller, hasScope, userIdOf } from '../caller.ts';
import type { RequestContext } from '../context.ts';
import { lookAt, ScopedLook } from '../looks.ts';
import { scopeOver } from '../support-cases.ts';
import { forbidden, unauthenticated } from '@marquee/errors';
import { allow, and, deny, or, rule } from './graphql-shield.ts';

/** A rule of graphql-shield. */
export type ShieldRule =
  | ReturnType<ReturnType<typeof rule>>
  | ReturnType<typeof and>
  | ReturnType<typeof or>
  | typeof allow;

/** The callers who may read a field. */
export interface Policy {
  readonly rule: ShieldRule;
  /** As `npm run policies` shows it. */
  readonly description: string;
}

/** The answer of a policy about a caller. */
type Verdict = boolean | Error | ScopedLook;

/** Anybody, signed in or not. */
export const everyone: Policy = { rule: allow, description: 'everyone' };

/** Nobody. */
export const nobody: Policy = { rule: deny, description: 'nobody' };

/**
 * A custom policy.
 *
 * @param check whether the caller may read the field, the error they get instead of FORBIDDEN, or {@link lookAt} where
 *   they may because of a scope
 */
export function policy<Parent = unknown>(
  description: string,
  check: (caller: Caller, parent: Parent, context: RequestContext) => Verdict | Promise<Verdict>,
): Policy {
  const decide = (
    parent: unknown,
    _args: unknown,
    context: RequestContext,
    info: GraphQLResolveInfo,
  ): boolean | Error | Promise<boolean | Error> => {
    const noted = (verdict: Verdict): boolean | Error => {
      if (!(verdict instanceof ScopedLook)) return verdict;
      context.looks.note({ ...verdict, kind: kindOf(info) });
      return true;
    };
    const verdict = check(context.caller, parent as Parent, context);
    return verdict instanceof Promise ? verdict.then(noted) : noted(verdict);
  };
  return { rule: rule({ cache: 'no_cache' })(decide), description };
}

/** The type that is read: of a root field, the type that it returns. */
function kindOf({ parentType, returnType, schema }: GraphQLResolveInfo): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.includes(parentType) ? getNamedType(returnType).name : parentType.name;
}

/** A signed-in user. */
export const signedIn: Policy = policy('signed in', (caller) => (caller.kind === 'user' ? true : unauthenticated()));

/** A user whose token has one of the scopes. */
export function withScope(...scopes: readonly [string, ...string[]]): Policy {
  return withScopes(scopes.map((scope) => [scope]));
}

/** A user whose token has all scopes of one of the sets, like `@requiresScopes`. */
export function withScopes(sets: readonly (readonly string[])[]): Policy {
  const description = `scope ${sets.map((set) => set.join(' and ')).join(', or ')}`;
  return policy(description, (caller) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    if (sets.some((set) => set.every((scope) => hasScope(caller, scope)))) return true;
    return forbidden(`Your account needs the ${description} to do this.`);
  });
}

/**
 * A user whose token has the scope, who looks at what belongs to a person: each look is in the audit log.
 *
 * @param personOf returns the person's user id; null for nobody's
 */
export function withScopeOver<Parent>(scope: string, personOf: (parent: Parent) => string | null): Policy {
  return policy<Parent>(`scope ${scope}, whose look is recorded`, (caller, parent) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    if (!hasScope(caller, scope)) return forbidden(`Your account needs the scope ${scope} to do this.`);
    const personId = personOf(parent);
    return personId === null || personId === userIdOf(caller) || lookAt(personId, scope);
  });
}

/**
 * The owner of the object, or a user whose token has the scope: their looks are in the audit log. A subgraph needs a field
 * of its own: see {@link service}.
 *
 * @param ownerOf returns the owner's user id
 */
export function ownerOr<Parent>(scope: string, ownerOf: (parent: Parent) => string): Policy {
  return policy<Parent>(`its owner, or scope ${scope}`, (caller, parent) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    const ownerId = ownerOf(parent);
    if (userIdOf(caller) === ownerId) return true;
    return hasScope(caller, scope) ? lookAt(ownerId, scope) : forbidden('This belongs to somebody else.');
  });
}

/**
 * The owner of the object, a user whose token has the scope, and support while the owner has a case: a ticket that is
 * open, or was resolved lately. Looks of others than the owner are in the audit log. The subgraph says `supportCases`.
 *
 * @param scope sees everybody's
 * @param ownerOf returns the owner's user id
 */
export function ownerOrSupport<Parent>(scope: string, ownerOf: (parent: Parent) => string): Policy {
  const description = `its owner, scope ${scope}, or support that has a case of its owner`;
  return policy<Parent>(description, (caller, parent, context) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    const ownerId = ownerOf(parent);
    if (userIdOf(caller) === ownerId) return true;
    return scopeOver(context, ownerId, scope).then((by) =>
      by === null ? forbidden('This belongs to somebody else.') : lookAt(ownerId, by),
    );
  });
}

/**
 * The owner of the object and nobody else, whatever their scopes: for a field that gives its reader something to use, such
 * as admission.
 *
 * @param ownerOf returns the owner's user id
 */
export function ownerOnly<Parent>(ownerOf: (parent: Parent) => string): Policy {
  return policy<Parent>('its owner only', (caller, parent) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    return userIdOf(caller) === ownerOf(parent) || forbidden('Only its owner may see this.');
  });
}

/** Allows a caller whom one of the policies allows; others get the first error. */
export function anyOf(...policies: readonly Policy[]): Policy {
  const description = policies.map((each) => each.description).join(', or ');
  return { rule: or(...policies.map((each) => each.rule)), description };
}

/** Allows a caller whom all policies allow; others get the first error. */
export function allOf(...policies: readonly Policy[]): Policy {
  const description = policies.map((each) => each.description).join(', and ');
  return { rule: and(...policies.map((each) => each.rule)), description };
}

/** One of the services named: a subgraph that `asks` this one, or the gateway. */
export function service(...names: readonly [string, ...string[]]): Policy {
  return policy(`service ${names.join(' or ')}`, (caller) => caller.kind === 'service' && names.includes(caller.name));
}
