import { randomUUID } from 'node:crypto';
import { registeredOperations } from '../../src/client/index.ts';
import { ORGANISATION_ROLES, type OrganisationRole, type OrganisationWork, ROLES_FOR } from '@marquee/identity';

/** The organisation's objects that the operations ask for. */
export interface Belongings {
  readonly organisationId: string;
  readonly cityId: string;
  readonly venueId: string;
  readonly screenId: string;
  readonly titleId: string;
  readonly showId: string;
  readonly startsAt: string;
  /** A show that may be cancelled. */
  readonly spareShowId: string;
  readonly seatId: string;
  readonly couponId: string;
  readonly campaignId: string;
  readonly reviewId: string;
  /** A member who scans tickets. */
  readonly scannerId: string;
  /** An open invitation of a scanner. */
  readonly invitationId: string;
  /** Another invitation each time. */
  readonly nextInvitation: () => string;
  /** Another member each time, who scans tickets. */
  readonly nextScanner: () => string;
}

/** An operation for an organisation, as it is registered or as a document. */
export interface OperationOfWork {
  readonly operation: string;
  readonly work: OrganisationWork | 'any' | 'appoint' | 'none';
  /** The field that who may not do it does not get. */
  readonly path: string;
  readonly document?: string;
  readonly variables: (of: Belongings) => object;
}

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const unique = (name: string): string => `${name} ${randomUUID().slice(0, 8)}`;
const SCREENS = [
  { name: 'Studio', sections: [{ name: 'Hall', tierName: 'Standard', rows: [{ label: 'A', seatCount: 2 }] }] },
];
const TITLE = { kind: 'LIVE_EVENT', description: 'Live.', languages: ['en'], genres: ['Rock'], durationMinutes: 90 };
const COUPON = { kind: 'PERCENT', percentOff: 5, startsAt: new Date().toISOString() };

/** Input of a coupon of the organisation. */
export const couponOf = (organisationId: string): object => ({
  ...{ ...COUPON, organisationId, code: `KINO${randomUUID().slice(0, 8)}` },
  endsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
});

/** Input of a campaign of the organisation. */
export const campaignOf = (organisationId: string, titleId: string): object => ({
  ...{ organisationId, titleId, name: unique('Autumn'), headline: 'Soon near you' },
  ...{ imageUrl: 'https://images.example.com/autumn.jpg', budget: { amount: 10_000, currency: 'EUR' } },
  ...{ bidPerThousand: { amount: 500, currency: 'EUR' }, startsAt: new Date().toISOString() },
  endsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
});

function operation(
  work: OperationOfWork['work'],
  name: string,
  variables: OperationOfWork['variables'],
  more: Partial<OperationOfWork> = {},
): OperationOfWork {
  return { operation: name, work, path: `${name[0]?.toLowerCase()}${name.slice(1)}`, variables, ...more };
}

/** Every operation for an organisation. Those that end something come last. */
export const OPERATIONS: readonly OperationOfWork[] = [
  operation('CATALOG', 'CreateVenue', ({ organisationId, cityId }) => ({
    input: {
      ...{ organisationId, cityId, name: unique('Kino'), address: unique('1 High Street'), screens: SCREENS },
      location: { latitude: 51.5, longitude: -0.1 },
    },
  })),
  operation('CATALOG', 'UpdateVenue', ({ venueId }) => ({ input: { venueId, amenities: ['Bar'] } })),
  operation('CATALOG', 'CreateTitle', ({ organisationId }) => ({
    input: { ...TITLE, organisationId, name: unique('Concert') },
  })),
  operation('CATALOG', 'UpdateTitle', ({ titleId }) => ({ input: { titleId, genres: ['Drama'] } })),
  operation('CATALOG', 'ScheduleShows', ({ titleId, screenId, startsAt }) => ({
    input: {
      ...{ titleId, screenId, startsAt: [startsAt], language: 'en', format: '2D' },
      tierPrices: [{ tierName: 'Standard', price: { amount: 1_000, currency: 'GBP' } }],
    },
  })),
  operation('CATALOG', 'UpdateShow', ({ showId }) => ({ input: { showId, highDemand: false } })),
  operation('CATALOG', 'VenueSchedule', ({ venueId }) => ({ venueId, from: day(0), to: day(30), first: 5 }), {
    path: 'venue.schedule',
  }),
  operation('CHECK_IN', 'ScanTicket', ({ showId }) => ({ showId, qrCode: 'none' })),
  operation('CHECK_IN', 'UploadScans', ({ showId }) => ({ input: { showId, deviceId: 'gate', scans: [] } })),
  operation('CHECK_IN', 'CheckInList', ({ showId }) => ({ showId })),
  operation('CHECK_IN', 'ShowAdmissions', ({ showId }) => ({ showId, first: 5 }), { path: 'show.admissions' }),
  operation('SEATS', 'BlockSeats', ({ showId, seatId }) => ({ showId, seatIds: [seatId], reason: 'A camera' })),
  operation('SEATS', 'IssueComplimentaryTickets', ({ showId, seatId }) => ({
    input: { showId, seatIds: [seatId], toEmail: 'guest@example.com', reason: 'Press', idempotencyKey: randomUUID() },
  })),
  operation('SEATS', 'UnblockSeats', ({ showId, seatId }) => ({ showId, seatIds: [seatId] })),
  operation('BOOKINGS', 'VenueBookings', ({ venueId }) => ({ venueId, first: 5 }), { path: 'venue.bookings' }),
  operation('SALES', 'SalesReport', ({ venueId }) => ({ venueId, from: day(0), to: day(30), groupBy: 'VENUE' })),
  operation(
    'SALES',
    'NamedSalesReport',
    ({ organisationId }) => ({ organisationId, from: day(0), to: day(30), groupBy: 'DAY' }),
    { path: 'salesReport' },
  ),
  operation('COUPONS', 'CreateCoupon', ({ organisationId }) => ({ input: couponOf(organisationId) })),
  operation('COUPONS', 'OrganisationCoupons', ({ organisationId }) => ({ organisationId, first: 5 }), {
    path: 'coupons',
  }),
  operation('COUPONS', 'CouponTerms', ({ couponId: id }) => ({ id }), { path: 'coupon' }),
  operation('COUPONS', 'DisableCoupon', ({ couponId }) => ({ couponId })),
  operation('CAMPAIGNS', 'CreateCampaign', ({ organisationId, titleId }) => ({
    input: campaignOf(organisationId, titleId),
  })),
  operation('CAMPAIGNS', 'OrganisationCampaigns', ({ organisationId }) => ({ organisationId, first: 5 }), {
    path: 'viewer.campaigns',
  }),
  operation('CAMPAIGNS', 'CampaignReport', ({ campaignId }) => ({ campaignId }), { path: 'campaign' }),
  operation('CAMPAIGNS', 'SetCampaignStatus', ({ campaignId }) => ({ campaignId, status: 'ACTIVE' })),
  operation('REVIEWS', 'ReplyToReview', ({ reviewId }) => ({ reviewId, text: 'Thank you.' })),
  operation('FINANCE', 'PayoutAccount', ({ organisationId }) => ({ organisationId, first: 5 }), {
    path: 'organisation.payoutAccount',
  }),
  operation('FINANCE', 'RequestPayout', ({ organisationId }) => ({
    input: { organisationId, amount: { amount: 9_999_999, currency: 'GBP' }, idempotencyKey: randomUUID() },
  })),
  operation('any', 'Organisation', ({ organisationId: id }) => ({ id }), { path: 'organisation.members' }),
  operation('MEMBERS', 'Organisation', ({ organisationId: id }) => ({ id }), { path: 'organisation.invitations' }),
  operation('MEMBERS', 'InviteMember', ({ organisationId }) => ({
    input: { organisationId, email: `${randomUUID()}@example.com`, role: 'SCANNER' },
  })),
  operation('MEMBERS', 'SetMemberRole', ({ organisationId, scannerId: userId }) => ({
    ...{ organisationId, userId, role: 'SCANNER' },
  })),
  operation(
    'MEMBERS',
    'SetMemberRole (null)',
    ({ organisationId, nextScanner }) => ({ organisationId, userId: nextScanner(), role: null }),
    { document: documentOf('SetMemberRole'), path: 'setMemberRole' },
  ),
  operation(
    'appoint',
    'SetMemberRole (FINANCE)',
    ({ organisationId, nextScanner }) => ({ organisationId, userId: nextScanner(), role: 'FINANCE' }),
    { document: documentOf('SetMemberRole'), path: 'setMemberRole' },
  ),
  operation(
    'appoint',
    'InviteMember (OWNER)',
    ({ organisationId }) => ({ input: { organisationId, email: `${randomUUID()}@example.com`, role: 'OWNER' } }),
    { document: documentOf('InviteMember'), path: 'inviteMember' },
  ),
  operation('MEMBERS', 'ResendInvitation', ({ invitationId }) => ({ invitationId }), {
    document: 'mutation ($invitationId: ID!) { resendInvitation(invitationId: $invitationId) { invitation { id } } }',
  }),
  operation('MEMBERS', 'WithdrawInvitation', ({ nextInvitation }) => ({ id: nextInvitation() }), {
    document: 'mutation ($id: ID!) { withdrawInvitation(invitationId: $id) { __typename } }',
  }),
  operation('none', 'CreateOrganisation', () => ({
    input: { name: unique('Kino'), slug: unique('kino').replaceAll(' ', '-').toLowerCase(), country: 'GB' },
  })),
  operation('CATALOG', 'CancelShow', ({ spareShowId: showId }) => ({ showId, reason: 'The hall is flooded' })),
];

/** The roles in the organisation that may send an operation. */
export function rolesFor(work: OperationOfWork['work']): readonly OrganisationRole[] {
  const others = { any: ORGANISATION_ROLES, appoint: ['OWNER'], none: [] } as const;
  return work in others ? others[work as keyof typeof others] : ROLES_FOR[work as OrganisationWork];
}

/** The document of an operation that the back office has registered. */
export function documentOf(name: string): string {
  return registeredOperations('backoffice')<unknown, unknown>(name).document;
}
