import type { Language } from '@marquee/app-kit/text';

import type { Role } from '../generated/graphql.ts';
import { does, hasRole, type OrganisationWork, type Who } from './work.ts';

export const MENU_GROUPS = ['venue', 'business', 'customers', 'system'] as const;

export type MenuGroup = (typeof MENU_GROUPS)[number];

/** A page's place in the menu, and who sees it: whoever has one of the roles or does the work in the organisation. */
export interface MenuEntry {
  readonly path: string;
  readonly group: MenuGroup;
  readonly text: Readonly<Record<Language, string>>;
  readonly roles?: readonly Role[];
  readonly work?: OrganisationWork;
}

/**
 * Where somebody goes on who now works for another organisation: the first page of what they were at, as far as they do
 * that there. A single thing, such as a show, belongs to the organisation of before.
 */
export function pathAfterSwitch(
  pathname: string,
  menu: readonly MenuEntry[],
  who: Who,
  organisationId: string,
): string {
  const at = menu.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  return at && isSeenBy(at, who, organisationId) ? at.path : '/';
}

export function isSeenBy({ roles, work }: MenuEntry, who: Who, organisationId: string | undefined): boolean {
  if (roles && hasRole(who, roles)) return true;
  return work !== undefined && organisationId !== undefined && does(who, work, organisationId);
}
