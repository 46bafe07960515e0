import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
} from 'graphql';

const SCHEMA = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'), {
  assumeValid: true,
  assumeValidSDL: true,
});
const MUTATIONS = SCHEMA.getMutationType()?.getFields() ?? {};
/** Inputs of other scalars cannot say anything about a person. */
const TEXTS = new Set(['String', 'JSON']);

/** The inputs into which the person of the test, or somebody about them, writes a text that is looked for afterwards. */
export const WRITTEN = [
  ...['register.input.email', 'register.input.displayName', 'login.input.email', 'updateProfile.input.displayName'],
  ...['requestPasswordReset.email', 'changeEmail.input.newEmail', 'finishPasskeyRegistration.input.name'],
  ...['setUserStatus.reason', 'inviteMember.input.email', 'registerPushEndpoint.input.endpoint'],
  ...['transferTicket.input.toEmail', 'issueComplimentaryTickets.input.toEmail'],
  ...['issueComplimentaryTickets.input.reason', 'payBooking.input.returnUrl', 'topUpWallet.input.returnUrl'],
  ...['refundPayment.input.reason', 'writeReview.input.text', 'updateReview.input.text', 'replyToReview.text'],
  ...['moderateReview.note', 'openSupportTicket.input.subject', 'openSupportTicket.input.text'],
  ...['sendSupportMessage.input.text', 'addInternalNote.text', 'rateSupport.comment'],
];

const WITH_RETURN_URL = 'subscribeToPlan changePlan createRecurringPayment';

/** The inputs that need no such text, by why. Each is named in full, so that a new one has to be thought about. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'a secret, of which at most a hash is kept': [
    'deleteMyAccount.password register.input.password login.input.password answerSecondFactor.input.code',
    'refreshSession.refreshToken confirmTotpEnrolment.code finishPasskeyRegistration.input.response',
    'finishPasskeyLogin.input.response finishProviderSignIn.code verifyEmail.token confirmIdentity.input.password',
    'confirmIdentity.input.code changePassword.input.currentPassword changePassword.input.newPassword',
    'changeEmail.input.password resetPassword.input.token resetPassword.input.newPassword disableTotp.code',
    'acceptInvitation.token acceptTicketTransfer.token registerPushEndpoint.input.p256dh',
    'registerPushEndpoint.input.auth confirmIdentity.input.passkey.response',
  ],
  'a token or code that the server made': [
    'trackEvents.events.impressionToken',
    'register.input.referralCode finishProviderSignIn.referralCode holdSeats.input.admissionToken holdBestAvailable.input.admissionToken',
    'rescheduleBooking.input.admissionToken createBooking.input.couponCode scanTicket.qrCode',
    'uploadScans.input.scans.qrCode payBooking.input.with.cardToken savePaymentMethod.input.cardToken',
    'topUpWallet.input.with.cardToken subscribeToPlan.input.with.cardToken createRecurringPayment.input.with.cardToken',
  ],
  'a UUID': [
    'addInternalNote.idempotencyKey',
    ...[
      ...[
        'holdSeats',
        'holdBestAvailable',
        'createBooking',
        'rescheduleBooking',
        'cancelBooking',
        'decideBookingReview',
      ],
      ...['transferTicket', 'issueComplimentaryTickets', 'payBooking', 'requestPayout', 'topUpWallet', 'refundPayment'],
      ...['decidePaymentReview', 'subscribeToPlan', 'changePlan', 'createRecurringPayment', 'sendSupportMessage'],
      'openSupportTicket',
    ].map((field) => `${field}.input.idempotencyKey`),
  ],
  'a word of a list': [
    'trackEvents.events.name',
    'register.input.locale updateProfile.input.locale updateProfile.input.timeZone createOrganisation.input.country',
    'subscribeToPlan.input.timeZone createRecurringPayment.input.timeZone setQuietHours.hours.from',
    'setQuietHours.hours.until scheduleShows.input.tierPrices.price.currency updateShow.input.tierPrices.price.currency',
    'requestPayout.input.amount.currency topUpWallet.input.amount.currency createMembershipPlan.input.price.currency',
    'createMembershipPlan.input.country refundPayment.input.amount.currency createRecurringPayment.input.amount.currency',
    'createCoupon.input.amountOff.currency createCoupon.input.minimumSpend.currency createCoupon.input.budget.currency createCoupon.input.maximumDiscount.currency',
    'createCampaign.input.budget.currency createCampaign.input.dailyCap.currency createCampaign.input.bidPerThousand.currency createCampaign.input.timeZone',
  ],
  'kept where another written one is': [
    WITH_RETURN_URL.split(' ')
      .map((field) => `${field}.input.returnUrl`)
      .join(' '),
    'finishPasskeyLogin.input.name confirmIdentity.input.passkey.name',
  ],
  'tested where it is kept, by subgraphs/activity/test/personal-data': [
    'trackEvents.events.searchText trackEvents.events.properties',
  ],
  'tested where it is kept, by subgraphs/activity/test/risk': ['decideRiskCase.note'],
  'tested where it is kept, by subgraphs/booking/test/booking-reviews': ['decideBookingReview.input.reason'],
  'tested where it is kept, by subgraphs/payments/test/reviews': ['decidePaymentReview.input.reason'],
  'what a business says of itself, its places and its programme': [
    'createOrganisation.input.name createOrganisation.input.slug blockSeats.reason cancelShow.reason',
    'createVenue.input.name createVenue.input.address createVenue.input.amenities createVenue.input.screens.name',
    'createVenue.input.screens.sections.name createVenue.input.screens.sections.tierName',
    'createVenue.input.screens.sections.rows.label updateVenue.input.name updateVenue.input.address',
    'updateVenue.input.amenities createTitle.input.name createTitle.input.description createTitle.input.languages',
    'createTitle.input.genres createTitle.input.ageRating createTitle.input.director createTitle.input.performers',
    'createTitle.input.posterUrl updateTitle.input.name updateTitle.input.description updateTitle.input.languages',
    'updateTitle.input.genres updateTitle.input.ageRating updateTitle.input.posterUrl scheduleShows.input.language',
    'scheduleShows.input.format scheduleShows.input.tierPrices.tierName updateShow.input.tierPrices.tierName',
    'createMembershipPlan.input.name createMembershipPlan.input.description createCoupon.input.code',
    'createCampaign.input.name createCampaign.input.headline createCampaign.input.imageUrl',
    'saveHelpArticle.input.title saveHelpArticle.input.body saveHelpArticle.input.locale uploadScans.input.deviceId',
  ],
};

/** The inputs that need no text of the person. */
export const others = (): string[] =>
  Object.values(OTHERS).flatMap((lines) => lines.flatMap((line) => line.split(' ')));

/** Every input of a mutation that takes text, such as `writeReview.input.text`. */
export function textInputs(): string[] {
  return Object.values(MUTATIONS).flatMap(({ name, args }) =>
    args.flatMap((arg) => textsIn(`${name}.${arg.name}`, arg.type)),
  );
}

function textsIn(path: string, type: GraphQLInputType): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return TEXTS.has(named.name) ? [path] : [];
  return Object.values(named.getFields()).flatMap((field) => textsIn(`${path}.${field.name}`, field.type));
}

/** The document of a mutation whose variables are its arguments; its outcome is `result`. */
export function documentOf(name: string, given: object, selection: string): string {
  const field = MUTATIONS[name] as GraphQLField<unknown, unknown>;
  const args = field.args.filter((arg) => arg.name in given);
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const type = getNamedType(field.type);
  const problem = isAbstractType(type) ? '... on UserError { message }' : '';
  const shown = isCompositeType(type) ? ` { __typename ${selection} ${problem} }` : '';
  return `mutation${declared && ` (${declared})`} { result: ${name}${passed && `(${passed})`}${shown} }`;
}

/** The inputs in which a text is, of the arguments of a mutation. */
export function inputsWith(text: string, name: string, given: unknown): string[] {
  if (typeof given === 'string') return given.includes(text) ? [name] : [];
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([key, value]) =>
    inputsWith(text, Array.isArray(given) ? name : `${name}.${key}`, value),
  );
}
