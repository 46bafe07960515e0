import type { OrganisationRole } from '@marquee/subgraph';

const DAY_MS = 86_400_000;

/** Time that an invitation can be accepted. */
export const INVITATION_MS = 7 * DAY_MS;

/** Members of an organisation together with those invited. */
export const MAX_MEMBERS = 100;

/** An invitation to work for an organisation. */
export interface Invitation {
  readonly id: string;
  readonly organisationId: string;
  /** In lower case. */
  readonly email: string;
  readonly role: OrganisationRole;
  /** The user who invited. */
  readonly invitedBy: string;
  readonly expiresAt: Date;
}

/** An invitation as its mail tells of it. */
export interface InvitationMail {
  readonly email: string;
  readonly role: OrganisationRole;
  readonly organisationSlug: string;
}

/** The roles that a role gives and takes. No manager makes a colleague, or somebody who may have money paid out. */
const GIVES: Readonly<Partial<Record<OrganisationRole, readonly OrganisationRole[]>>> = {
  OWNER: ['OWNER', 'MANAGER', 'BOX_OFFICE', 'SCANNER', 'FINANCE'],
  MANAGER: ['BOX_OFFICE', 'SCANNER'],
};

/** Which role gives which, each as a pair. */
export const APPOINTMENTS = Object.entries(GIVES).flatMap(([giver, roles]) =>
  roles.map((role) => ({ giver: giver as OrganisationRole, role })),
);

/** Roles that have money paid out, or appoint those who do. */
const POWERFUL: readonly (OrganisationRole | null)[] = ['OWNER', 'FINANCE'];

/** Whether a stolen access token alone must not give the role. */
export function isPowerful(role: OrganisationRole | null): boolean {
  return POWERFUL.includes(role);
}

/** Whether who has one role gives and takes all of the others. */
export function mayGive(giver: OrganisationRole, roles: readonly OrganisationRole[]): boolean {
  return roles.every((role) => GIVES[giver]?.includes(role) === true);
}
