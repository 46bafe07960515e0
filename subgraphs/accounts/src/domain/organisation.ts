import type { OrganisationRole } from '@marquee/subgraph';

export type { OrganisationRole };

/** A business that sells tickets. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  /** ISO 3166-1; `ZZ` where it is not known. */
  readonly country: string;
}

/** A person's role in an organisation. */
export interface Membership {
  readonly organisationId: string;
  readonly userId: string;
  readonly role: OrganisationRole;
}

/** A change of a member's role. */
export interface RoleChange {
  readonly organisationId: string;
  readonly userId: string;
  readonly from: OrganisationRole;
  /** Null removes the member. */
  readonly to: OrganisationRole | null;
  /** The user who changes it, and their role there; null of an administrator who does not work there. */
  readonly byUserId: string;
  readonly byRole: OrganisationRole | null;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const UNKNOWN_COUNTRY = 'ZZ';

/** A slug of 2 to 60 characters; null for what is none. */
export function parseSlug(text: string): string | null {
  const slug = text.trim().toLowerCase();
  return slug.length >= 2 && slug.length <= 60 && SLUG.test(slug) ? slug : null;
}

/** The code of an existing country; null for what is none. */
export function parseCountry(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(code) || code === UNKNOWN_COUNTRY) return null;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return names.of(code) === undefined ? null : code;
}
