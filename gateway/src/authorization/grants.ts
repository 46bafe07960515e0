import { type ValueNode, valueFromASTUntyped } from 'graphql';

import type { Operation } from '../operation/operation.ts';
import type { Caller } from '@marquee/identity';
import type { PolicyFunction, PolicyRequest, PolicyUse } from './policy.ts';
import type { Variables } from '../operation/operation-request.ts';
import type { Clause, Grants } from './clause.ts';
import type { GuardedField } from './guarded-fields.ts';

/** What an operation depends on, as one caller has it: enough to decide the operation again, and nothing of a token. */
export interface GrantedNames {
  readonly authenticated: boolean;
  readonly scopes: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
}

/** The policies that an operation's outcome depends on. */
export function policyNames(clauses: readonly Clause[]): readonly string[] {
  return namesOf(clauses, 'policy');
}

/** A caller's grants as far as these clauses ask for them. */
export function grantedNames(clauses: readonly Clause[], caller: Caller, policies: ReadonlySet<string>): GrantedNames {
  const scopes = caller.kind === 'user' ? caller.scopes : [];
  return {
    authenticated: caller.kind !== 'anonymous',
    scopes: new Set(namesOf(clauses, 'requiresScopes').filter((scope) => scopes.includes(scope))),
    policies,
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
 * Asks the registered functions. An unregistered policy is refused, and so is one whose function fails.
 * @returns a promise only when one of the functions does.
 */
export function askPolicies(
  functions: Readonly<Record<string, PolicyFunction>>,
  requests: readonly PolicyRequest[],
): ReadonlySet<string> | Promise<ReadonlySet<string>> {
  const answers = requests.map((request) => ask(functions, request));
  const grantedBy = (values: readonly boolean[]): ReadonlySet<string> =>
    new Set(requests.filter((_request, index) => values[index] === true).map(({ policy }) => policy));
  return answers.every((answer) => typeof answer === 'boolean')
    ? grantedBy(answers)
    : Promise.all(answers).then(grantedBy);
}

function ask(functions: Readonly<Record<string, PolicyFunction>>, request: PolicyRequest): boolean | Promise<boolean> {
  if (!Object.hasOwn(functions, request.policy)) return false;
  try {
    const answer = functions[request.policy]?.(request) ?? false;
    return typeof answer === 'boolean' ? answer : answer.catch(() => false);
  } catch {
    return false;
  }
}

/** Where an operation meets a policy, with the arguments that the request gives there. */
export function policyUses(
  policy: string,
  guarded: readonly GuardedField[],
  operation: Operation,
  variables: Variables,
): PolicyUse[] {
  const values = { ...defaultsOf(operation), ...variables };
  return guarded
    .filter(({ clauses }) => policyNames(clauses).includes(policy))
    .map(({ parentType, node, path }) => ({
      coordinate: `${parentType}.${node.name.value}`,
      path,
      arguments: Object.fromEntries(
        (node.arguments ?? []).map(({ name, value }) => [name.value, untyped(value, values)]),
      ),
    }));
}

function untyped(value: ValueNode, variables: Record<string, unknown>): unknown {
  return valueFromASTUntyped(value, variables);
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

function namesOf(clauses: readonly Clause[], kind: 'requiresScopes' | 'policy'): string[] {
  return [...new Set(clauses.filter((clause) => clause.kind === kind).flatMap(({ anyOf }) => anyOf.flat()))];
}
