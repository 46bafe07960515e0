/** The operations of moderators and administrators. */
import { by, type Rows, tooMany } from './row.ts';
import type { World } from './world.ts';

/** A customer without the scope. */
const CUSTOMER = by('customer', 'UNAUTHORIZED_FIELD_OR_TYPE');

/** A review that waits for a moderator, written once. */
async function doubtful({ send, venueId, kept }: World): Promise<string> {
  const known = kept.get('doubtfulId');
  if (known !== undefined) return known;
  const input = { subject: { venueId }, stars: 1, text: 'See www.example.com' };
  const { writeReview } = (await send('customer2', 'WriteReview', { input })) as {
    writeReview: { review: { id: string } };
  };
  kept.set('doubtfulId', writeReview.review.id);
  return writeReview.review.id;
}

export const MODERATION: Rows = {
  ModerationQueue: { variables: { first: 10 }, may: by('agent'), mayNot: CUSTOMER, bad: tooMany('agent') },
  ModerateReview: {
    variables: async (world) => ({ reviewId: await doubtful(world), decision: 'PUBLISH' }),
    may: by('agent', 'ModerateReviewPayload'),
    mayNot: CUSTOMER,
    bad: by('agent', 'BAD_USER_INPUT', { note: 'n'.repeat(501) }),
  },
  ReplyToReview: {
    variables: async (world) => ({ reviewId: await doubtful(world), text: 'Thank you for coming.' }),
    may: by('partner', 'ReplyToReviewPayload'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('partner', 'BAD_USER_INPUT', { text: ' ' }),
  },
};

export const ADMINISTRATION: Rows = {
  Users: { variables: { search: 'gwen', first: 5 }, may: by('agent'), mayNot: CUSTOMER, bad: tooMany('agent') },
  SetRoles: {
    variables: ({ kept }) => ({ userId: kept.get('guestId'), roles: ['CUSTOMER', 'ANALYST'] }),
    may: by('admin', 'SetRolesPayload'),
    mayNot: by('agent', 'UNAUTHORIZED_FIELD_OR_TYPE'),
    bad: by('admin', 'NOT_FOUND', { userId: 'usr_unknown' }),
  },
  EndUserSessions: {
    variables: { userId: 'usr_seed_analyst' },
    may: by('admin'),
    mayNot: by('agent', 'UNAUTHORIZED_FIELD_OR_TYPE'),
    bad: by('admin', 'NOT_FOUND', { userId: 'usr_unknown' }),
  },
  SetUserStatus: {
    variables: { userId: 'usr_seed_analyst', status: 'SUSPENDED', reason: 'Left the company.' },
    may: by('admin', 'SetUserStatusPayload'),
    mayNot: by('agent', 'UNAUTHORIZED_FIELD_OR_TYPE'),
    bad: by('admin', 'BAD_USER_INPUT', { reason: ' ' }),
  },
  AuditLog: {
    variables: { first: 5 },
    may: by('admin'),
    mayNot: by('agent', 'UNAUTHORIZED_FIELD_OR_TYPE'),
    bad: tooMany('admin'),
  },
};
