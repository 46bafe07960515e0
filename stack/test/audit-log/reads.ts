import type { Policy } from '@marquee/subgraph';

/** Fields of which whoever has the scope reads what is nobody else's, or what is recorded in another way, and why. */
export const UNRECORDED: Readonly<Record<string, string>> = {
  'accounts Query.user': 'the account records the look at what others may not see',
  'accounts Query.users': 'the use case records each page, before it is read, as users.listed',
  'accounts Query.auditLog': 'the use case records each page, before it is read, as audit-log.read',
  'activity Query.eventFunnel': 'sums, of nobody',
  'activity Query.liveTraffic': 'sums, of nobody',
  'activity Query.riskCases': 'each case records the look at its person',
  'activity Subscription.riskCaseOpened': 'each case records the look at its person',
  'ads Query.campaign': 'the campaign records the look at its organisation',
  'booking Query.bookingReviews': 'each review records the look at its customer',
  'booking Query.salesReport': 'sums, of nobody',
  'booking Query.checkInList': 'for members of the venue’s organisation alone: tickets and seats, without people',
  'booking Subscription.liveSales': 'sums, of nobody',
  'booking Venue.bookings': 'a look of an administrator is recorded by requireStaffOrAdministrator; members work there',
  'catalog Venue.schedule': 'shows, which everybody sees',
  'payments Query.paymentReviews': 'a review names nobody; its payment records the look',
  'payments PaymentReview.*': 'a review names nobody; its payment records the look',
  'payments PaymentReviewDecision.*': 'what colleagues decided; the customer is not named',
  'ratings Query.moderationQueue': 'each review records the look at its author',
  'support Query.supportQueue': 'each ticket records the look at its customer',
  'support Query.supportAgents': 'the team itself',
  'support Query.supportSatisfaction': 'sums, of nobody',
  'support Subscription.supportQueueChanged': 'each ticket records the look at its customer',
};

/** Policies of their own, and how they record a look at what is somebody else's. */
const CUSTOM: Readonly<Record<string, string>> = {
  'everyone once it is published; its author, or scope reviews:moderate':
    'records a moderator’s look at a hidden review',
  'everyone, or scope help:write for a draft': 'articles are nobody’s',
  'support, or the ticket’s customer unless it is internal': 'records',
  'support, of tickets of others': 'records',
  'its holder, its customer, or its venue’s staff': 'its parties; staff at the gate scan what they see',
  'who manages its members, or scope users:read': 'records a look at the organisation',
  'its members, or scope users:read': 'records a look at the organisation',
  "the organisation's owner or finance, or an administrator": 'records a look at the organisation',
};

const OPEN = /^(everyone|signed in|nobody|its owner( only|, .*)?|service .*)$/;

/** The fields whose policy neither records looks nor is known to need none. */
export function unclassifiedReads(
  subgraph: string,
  policies: ReadonlyMap<string, Pick<Policy, 'description'>>,
): string[] {
  return [...policies].flatMap(([field, { description }]) => {
    if (field.startsWith('Mutation.') || OPEN.test(description) || description in CUSTOM) return [];
    if (description.endsWith('whose look is recorded')) return [];
    const known = [field, `${field.split('.')[0]}.*`].some((name) => `${subgraph} ${name}` in UNRECORDED);
    return known ? [] : [`${subgraph} ${field}: ${description}`];
  });
}
