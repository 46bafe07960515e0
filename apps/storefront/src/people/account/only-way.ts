import { problemOf } from '@marquee/app-kit/api';

/** Whether something was not removed because the person has no other way to sign in. */
export function isOnlyWay(error: unknown): boolean {
  const { code, extensions } = problemOf(error);
  return code === 'FORBIDDEN' && extensions['reason'] === undefined;
}
