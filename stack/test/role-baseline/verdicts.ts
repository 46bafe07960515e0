import type { Answer } from '../public-schema/actor.ts';

/**
 * A caller's verdict on a field: `yes`; `sign in`, `scope` and `no` for a refusal for want of a credential, of a scope,
 * or because of whose the object is; `nothing` when there is nothing to ask for; `input` when only the input is wrong; or the code of another error.
 */
export type Verdict = string;

const REFUSALS: ReadonlyMap<string, Verdict> = new Map([
  ['UNAUTHENTICATED', 'sign in'],
  ['FORBIDDEN', 'no'],
  ['NOT_FOUND', 'nothing'],
  ['BAD_USER_INPUT', 'input'],
]);

/** The verdict of an error. The gateway's code is one for both an anonymous and a signed-in caller. */
export function verdictOfCode(code: string, message: string): Verdict {
  if (code === 'UNAUTHORIZED_FIELD_OR_TYPE') return message.startsWith('Sign in') ? 'sign in' : 'scope';
  return REFUSALS.get(code) ?? code;
}

/** The verdict on what was selected at a path of response keys, without the indices of lists. */
export function verdictAt({ data, errors = [] }: Answer, path: readonly string[]): Verdict {
  const error = errors.find((each) => each.path === undefined || each.path[0] === path[0]);
  if (error) return verdictOfCode(error.extensions.code, error.message);
  return isReached(data, path) ? 'yes' : 'nothing';
}

/** Whether some object on the way has the last key. */
function isReached(value: unknown, path: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((element) => isReached(element, path));
  const [key = '', ...below] = path;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
  return below.length === 0 || isReached((value as Record<string, unknown>)[key], below);
}
