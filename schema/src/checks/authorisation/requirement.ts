import type { ConstDirectiveNode } from 'graphql';

import { argumentOf, directivesNamed, stringLists } from '../directives.ts';

/**
 * The requirements for a caller: all of one of the alternatives. An empty alternative means open to everyone, no
 * alternative that nobody passes.
 *
 * `authenticated` is one requirement, `scope:x` and `policy:x` are the others. Scopes come with a sign-in; a policy may
 * let strangers pass.
 */
export type Requirement = readonly (readonly string[])[];

/** Met by every caller. */
export const NOTHING: Requirement = [[]];

/** The requirements of the auth directives on one element. */
export function ownRequirement(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): Requirement {
  const authenticated: Requirement = directivesNamed(node, 'authenticated').length > 0 ? [['authenticated']] : NOTHING;
  const scopes = directivesNamed(node, 'requiresScopes').map((each) =>
    stringLists(argumentOf(each, 'scopes')).map((all) => ['authenticated', ...all.map((scope) => `scope:${scope}`)]),
  );
  const policies = directivesNamed(node, 'policy').map((each) =>
    stringLists(argumentOf(each, 'policies')).map((all) => all.map((policy) => `policy:${policy}`)),
  );
  return [...scopes, ...policies].reduce(both, authenticated);
}

/** Whether an element has an auth directive with a requirement. */
export function isGuarded(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean {
  return !isOpen(ownRequirement(node));
}

/** Whether a requirement is met by every caller. */
export function isOpen(requirement: Requirement): boolean {
  return requirement.some((alternative) => alternative.length === 0);
}

/** Whether every caller who meets `after` also meets `before`, so that nobody gains access. */
export function isAsStrict(after: Requirement, before: Requirement): boolean {
  return after.every((has) => before.some((needs) => needs.every((each) => has.includes(each))));
}

/** A requirement in words: `admin and audit, or root`. */
export function requirementInWords(requirement: Requirement): string {
  if (isOpen(requirement)) return 'nothing';
  return requirement
    .map((alternative) => {
      const implied = alternative.some((each) => each.startsWith('scope:'));
      const named = alternative.filter((each) => !(implied && each === 'authenticated'));
      return named.map((each) => (each === 'authenticated' ? 'a signed-in caller' : each)).join(' and ');
    })
    .join(', or ');
}

/** Both requirements; alternatives that include another one are left out. */
export function both(a: Requirement, b: Requirement): Requirement {
  return minimal(a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])])));
}

/** One requirement or the other. */
export function either(a: Requirement, b: Requirement): Requirement {
  return minimal([...a, ...b]);
}

function minimal(requirement: Requirement): Requirement {
  const includes = (one: readonly string[], other: readonly string[]): boolean =>
    other.every((each) => one.includes(each));
  return requirement.filter(
    (one, at) =>
      !requirement.some(
        (other, index) => index !== at && includes(one, other) && (!includes(other, one) || index < at),
      ),
  );
}
