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

export function isSeenBy({ roles, work }: MenuEntry, who: Who, organisationId: string | undefined): boolean {
  if (roles && hasRole(who, roles)) return true;
  return work !== undefined && organisationId !== undefined && does(who, work, organisationId);
}
