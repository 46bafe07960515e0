import type { Invitation, InvitationMail } from './invitation.ts';
import type { Membership, Organisation, RoleChange } from './organisation.ts';

/** Stored organisations and who works for them. */
export interface Organisations {
  /** Adds an organisation with its owner. @throws {SlugTakenError} when another one has the slug */
  add(organisation: Organisation, ownerId: string): Promise<void>;
  findMany(ids: readonly string[]): Promise<Organisation[]>;
  /** Members of the organisations, the first joined first, at most `MAX_LISTED` of each. */
  membersOf(organisationIds: readonly string[]): Promise<Membership[]>;
  /** Memberships of the users, the first joined first, at most `MAX_LISTED` of each. */
  membershipsOf(userIds: readonly string[]): Promise<Membership[]>;
  /** Memberships that count: those of users who are not suspended. */
  activeMembershipsOf(userIds: readonly string[]): Promise<Membership[]>;
  /**
   * Changes a member's role, which ends the invitations that they made, and emits `account.member-changed`.
   *
   * @returns false when the role is no longer the one that it is changed from, or that of who changes it
   * @throws {LastOwnerError} when the organisation would have no owner
   */
  setRole(change: RoleChange): Promise<boolean>;
}

/** Stored invitations to work for an organisation. */
export interface Invitations {
  /** Adds an invitation and its mail, unless the address has an open one, or the organisation is full. */
  add(invitation: Invitation, at: Date): Promise<'ADDED' | 'OPEN' | 'FULL'>;
  /** Makes an invitation last until then, and sends it with another token. @returns false when it has ended */
  renew(id: string, renewed: Pick<Invitation, 'expiresAt' | 'invitedBy'>): Promise<boolean>;
  /** @returns false when it has ended */
  remove(invitation: Invitation, by: string): Promise<boolean>;
  find(id: string): Promise<Invitation | null>;
  /** Open invitations of the organisations, the first made first. */
  ofOrganisations(organisationIds: readonly string[], at: Date): Promise<Invitation[]>;
  /** Stores the token of the mail that is sent now, in place of the one before; null when it has ended. */
  newMail(id: string, tokenHash: string, at: Date): Promise<InvitationMail | null>;
  /** Whether an open invitation with the token is for the user's verified address; null when there is none. */
  isFor(tokenHash: string, userId: string, at: Date): Promise<boolean | null>;
  /**
   * Uses up an invitation and makes the user a member. Emits `account.member-changed`.
   *
   * @returns null when there is none for the user's verified address, or who invited may not give the role now
   * @throws {AlreadyMemberError}
   */
  accept(tokenHash: string, userId: string, at: Date): Promise<Membership | null>;
  deleteExpired(now: Date): Promise<void>;
}
