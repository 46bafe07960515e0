/** The operations by which customers hear from the marketplace, and say what they think of it. */
import { createECDH, randomBytes } from 'node:crypto';

import { bookASeat } from '../../src/demo/book-a-seat.ts';
import { ANONYMOUS, by, type Rows, tooMany } from './row.ts';
import type { World } from './world.ts';

const reviewOf = ({ kept }: World) => ({ reviewId: kept.get('reviewId') });

export const ENGAGEMENT: Rows = {
  NotificationReceived: {
    may: by('customer'),
    mayNot: by('anonymous', 'refused'),
    bad: null,
    cause: ({ marketplace }) => bookASeat(marketplace.endpoint, { step: () => {}, event: () => {} }),
  },
  MyNotifications: {
    variables: { first: 5 },
    may: by('customer'),
    mayNot: ANONYMOUS,
    bad: tooMany('customer'),
  },
  MarkNotificationsRead: {
    variables: { ids: ['ntf_unknown'] },
    may: by('customer'),
    mayNot: ANONYMOUS,
    bad: by('customer', 'BAD_USER_INPUT', { ids: Array.from({ length: 101 }, (_, index) => `ntf_${index}`) }),
  },
  UpdateNotificationPreferences: {
    variables: { input: [{ kind: 'PROMOTION', channels: [] }] },
    may: by('customer'),
    mayNot: ANONYMOUS,
    bad: by('customer', 'BAD_USER_INPUT', {
      input: ['EMAIL', 'PUSH'].map((channel) => ({ kind: 'PROMOTION', channels: [channel] })),
    }),
  },
  RegisterPushEndpoint: {
    variables: {
      input: {
        endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/lantern',
        p256dh: createECDH('prime256v1').generateKeys('base64url'),
        auth: randomBytes(16).toString('base64url'),
      },
    },
    may: by('customer'),
    mayNot: ANONYMOUS,
    bad: by('customer', 'BAD_USER_INPUT', { input: { p256dh: 'short' } }),
  },
  SetReminder: {
    variables: ({ titleId }) => ({ titleId, cityId: 'cty_lon' }),
    may: by('customer'),
    mayNot: ANONYMOUS,
    bad: by('customer', 'NOT_FOUND', { titleId: 'ttl_unknown' }),
    keep: ({ setReminder: { reminder } }: { setReminder: { reminder: { id: string } } }, { kept }) =>
      kept.set('reminderId', reminder.id),
  },
  DeleteReminder: {
    variables: ({ kept }) => ({ id: kept.get('reminderId') }),
    may: by('customer'),
    mayNot: by('customer2', 'NOT_FOUND'),
    bad: by('customer', 'NOT_FOUND', { id: 'rmd_unknown' }),
  },
  WriteReview: {
    variables: ({ titleId }) => ({ input: { subject: { titleId }, stars: 4, text: 'Worth the ticket.' } }),
    may: by('customer', 'WriteReviewPayload'),
    mayNot: ANONYMOUS,
    bad: by('customer', 'BAD_USER_INPUT', { input: { stars: 6 } }),
    keep: ({ writeReview: { review } }: { writeReview: { review: { id: string } } }, { kept }) =>
      kept.set('reviewId', review.id),
  },
  TitleReviews: {
    variables: ({ titleId }) => ({ titleId, sort: 'NEWEST', first: 5 }),
    may: by('anonymous'),
    mayNot: null,
    bad: tooMany('anonymous'),
  },
  MyReviews: { variables: { first: 5 }, may: by('customer'), mayNot: ANONYMOUS, bad: tooMany('customer') },
  MarkReviewHelpful: {
    variables: reviewOf,
    may: by('customer2'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('customer2', 'NOT_FOUND', { reviewId: 'rev_unknown' }),
  },
  ReportReview: {
    variables: (world) => ({ input: { ...reviewOf(world), reason: 'SPOILER' } }),
    may: by('customer2'),
    mayNot: by('customer', 'FORBIDDEN'),
    bad: by('customer2', 'NOT_FOUND', { input: { reviewId: 'rev_unknown' } }),
  },
  UpdateReview: {
    variables: (world) => ({ input: { ...reviewOf(world), stars: 5, text: 'Seen it again.' } }),
    may: by('customer', 'UpdateReviewPayload'),
    mayNot: by('customer2', 'FORBIDDEN'),
    bad: by('customer', 'BAD_USER_INPUT', { input: { stars: 0 } }),
  },
  DeleteReview: {
    variables: reviewOf,
    may: by('customer', 'DeleteReviewPayload'),
    mayNot: by('customer2', 'FORBIDDEN'),
    bad: by('customer', 'NOT_FOUND', { reviewId: 'rev_unknown' }),
  },
};
