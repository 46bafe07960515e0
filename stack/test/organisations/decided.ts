import { readFileSync } from 'node:fs';
import { buildSchema, type ConstDirectiveNode, type GraphQLField, isObjectType, valueFromASTUntyped } from 'graphql';

import { publicSchema } from '../public-schema/schema.ts';

/** Of the roles of the platform; all others are for work in an organisation. */
const STAFF = new Set(
  `audit:read bookings:read help:write payments:refund plans:write reports:read reviews:moderate risk:read risk:write
   support:write users:read users:write`.split(/\s+/),
);

/** The operations by which everybody acts for themselves, on their own things. */
const FOR_A_PERSON = new Set(
  `viewer dataExport booking hold payment checkCoupon supportTicket

   requestDataExport deleteMyAccount logout logoutEverywhere revokeSession updateProfile startTotpEnrolment
   confirmTotpEnrolment disableTotp startPasskeyRegistration finishPasskeyRegistration removePasskey startProviderLink
   unlinkProvider sendVerificationEmail confirmIdentity changePassword changeEmail

   joinWaitlist leaveWaitlist enterWaitingRoom holdSeats holdBestAvailable releaseHold createBooking rescheduleBooking
   cancelBooking transferTicket cancelTicketTransfer acceptTicketTransfer

   payBooking savePaymentMethod setDefaultPaymentMethod removePaymentMethod topUpWallet subscribeToPlan changePlan
   cancelMembership pauseMembership resumeMembership createRecurringPayment cancelRecurringPayment

   setQuietHours registerPushEndpoint unregisterPushEndpoint setReminder deleteReminder markNotificationsRead
   updateNotificationPreferences writeReview updateReview deleteReview markReviewHelpful unmarkReviewHelpful reportReview
   openSupportTicket sendSupportMessage rateSupport

   waitingRoomChanged waitlistChanged bookingStatusChanged notificationReceived paymentStatusChanged supportTicketChanged`.split(
    /\s+/,
  ),
);

/** Read by everybody. */
const OF_EVERY_ORGANISATION = new Set(['id', 'name', 'slug', 'country']);

/**
 * The fields of the public schema that a role in an organisation decides, as `createVenue` or `venue.schedule`. A new field
 * that needs a sign-in is one of them unless it is listed above.
 */
export function decidedFields(): string[] {
  const supergraph = buildSchema(readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8'));
  const roots = ['Query', 'Mutation', 'Subscription'];
  return Object.values(publicSchema.getTypeMap()).flatMap((type) => {
    const whole = supergraph.getType(type.name);
    if (!isObjectType(type) || !isObjectType(whole)) return [];
    const names = Object.keys(type.getFields());
    const decided = names.filter((name) => {
      const field = whole.getFields()[name];
      if (!field) return false;
      const scopes = scopesOf(field);
      if (scopes.length > 0) return scopes.some((scope) => !STAFF.has(scope));
      if (roots.includes(type.name)) return directive(field, 'authenticated') && !FOR_A_PERSON.has(name);
      return type.name === 'Organisation' && !OF_EVERY_ORGANISATION.has(name);
    });
    const below = roots.includes(type.name) ? '' : `${type.name[0]?.toLowerCase()}${type.name.slice(1)}.`;
    return decided.map((name) => `${below}${name}`);
  });
}

function scopesOf(field: GraphQLField<unknown, unknown>): string[] {
  const [given] = directive(field, 'requiresScopes')?.arguments ?? [];
  return given ? (valueFromASTUntyped(given.value) as string[][]).flat() : [];
}

function directive({ astNode }: GraphQLField<unknown, unknown>, name: string): ConstDirectiveNode | undefined {
  return astNode?.directives?.find((each) => each.name.value === name);
}
