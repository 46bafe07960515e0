import { valueFromASTUntyped } from 'graphql';

import type { Operation } from '../operation/operation.ts';
import type { Caller } from '@marquee/identity';
import type { PolicyFunction, PolicyRequest, PolicyUse } from './policy.ts';
import type { Variables } from '../operation/operation-request.ts';
import type { Requirement, Grants } from './requirement.ts';
import type { RestrictedField } from './restricted-fields.ts';

/** A caller's grants, restricted to the names that an operation requires. Contains nothing else of the token. */
export interface GrantedNames {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}

/** The policies among these requirements. */
export function policyNames(requirements: readonly Requirement[]): readonly string[] {
  return namesOf(requirements, 'policy');
}

export function grantedNames(
  requirements: readonly Requirement[],
  caller: Caller,
  policies: ReadonlySet<string>,
): GrantedNames {
  const scopes = caller.kind === 'user' ? caller.scopes : [];
  return {
    authenticated: caller.kind !== 'anonymous',
    scopes: new Set(namesOf(requirements, 'requiresScopes').filter((scope) => scopes.includes(scope))),
    policies,
  };
}

/** The grants of callers who may see all of an operation. */
export function everythingGranted(requirements: readonly Requirement[]): GrantedNames {
  return {
    authenticated: true,
    scopes: new Set(namesOf(requirements, 'requiresScopes')),
    policies: new Set(policyNames(requirements)),
  };
}

export function grantsOf({ authenticated, scopes, policies }: GrantedNames): Grants {
  return {
    authenticated,
    hasScope: (scope) => scopes.has(scope),
    hasPolicy: (policy) => policies.has(policy),
  };
}

/**
 * Evaluates policies and returns those that are granted. A policy without a function, or whose function fails, is
 * denied.
 *
 * @returns a promise only when one of the functions does
 */
export function evaluatePolicies(
  functions: Readonly<Record<string, PolicyFunction>>,
  requests: readonly PolicyRequest[],
): ReadonlySet<string> | Promise<ReadonlySet<string>> {
  const answers = requests.map((request) => evaluate(functions, request));
  const grantedBy = (values: readonly boolean[]): ReadonlySet<string> =>
    new Set(requests.filter((_request, index) => values[index] === true).map(({ policy }) => policy));
  return answers.every((answer) => typeof answer === 'boolean')
    ? grantedBy(answers)
    : Promise.all(answers).then(grantedBy);
}

function evaluate(
  functions: Readonly<Record<string, PolicyFunction>>,
  request: PolicyRequest,
): boolean | Promise<boolean> {
  if (!Object.hasOwn(functions, request.policy)) return false;
  try {
    const answer = functions[request.policy]?.(request) ?? false;
    return typeof answer === 'boolean' ? answer : answer.catch(() => false);
  } catch {
    return false;
  }
}

/** The fields of an operation that require a policy, with their arguments. */
export function policyUses(
  policy: string,
  restricted: readonly RestrictedField[],
  operation: Operation,
  variables: Variables,
): PolicyUse[] {
  const values = { ...defaultsOf(operation), ...variables };
  return restricted
    .filter(({ requirements }) => policyNames(requirements).includes(policy))
    .map(({ parentType, node, path }) => ({
      coordinate: `${parentType}.${node.name.value}`,
      path,
      arguments: Object.fromEntries(
        (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, values)]),
      ),
    }));
}

function defaultsOf({ definition }: Operation): Record<string, unknown> {
  const withDefault = (definition.variableDefinitions ?? []).filter(({ defaultValue }) => defaultValue !== undefined);
  return Object.fromEntries(
    withDefault.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue === undefined ? undefined : valueFromASTUntyped(defaultValue),
    ]),
  );
}

function namesOf(requirements: readonly Requirement[], kind: 'requiresScopes' | 'policy'): string[] {
  return [
    ...new Set(requirements.filter((requirement) => requirement.kind === kind).flatMap(({ anyOf }) => anyOf.flat())),
  ];
}
