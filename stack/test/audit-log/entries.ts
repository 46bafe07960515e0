/** An entry of the audit log, or why a change leaves none. */
type Trace = { readonly action: string } | { readonly none: string };

const entry = (action: string): Trace => ({ action });
/** The mutations that a scope allows, or a role in an organisation or in support, and what the audit log has of them. */
export const TRACES: Readonly<Record<string, Trace>> = {
  setRoles: entry('user.roles-set'),
  setUserStatus: entry('user.status-set'),
  endUserSessions: entry('user.sessions-ended'),
  createOrganisation: entry('organisation.founded'),
  inviteMember: entry('organisation.invited'),
  resendInvitation: entry('organisation.invitation-renewed'),
  withdrawInvitation: entry('organisation.invitation-withdrawn'),
  acceptInvitation: entry('organisation.joined'),
  setMemberRole: entry('organisation.member-changed'),

  createVenue: entry('venue.created'),
  updateVenue: entry('venue.changed'),
  createTitle: entry('title.created'),
  updateTitle: entry('title.changed'),
  scheduleShows: entry('shows.scheduled'),
  updateShow: entry('show.changed'),
  cancelShow: entry('show.cancelled'),

  blockSeats: entry('seats.blocked'),
  unblockSeats: entry('seats.unblocked'),
  issueComplimentaryTickets: entry('tickets.given'),
  decideBookingReview: entry('booking-review.decided'),
  scanTicket: { none: 'the ticket keeps when and by whom it was admitted' },
  uploadScans: { none: 'the ticket keeps when and by which device it was admitted' },

  refundPayment: entry('payment.refunded'),
  decidePaymentReview: entry('payment-review.decided'),
  createMembershipPlan: entry('membership-plan.created'),
  requestPayout: entry('payout.requested'),

  createCoupon: entry('coupon.created'),
  disableCoupon: entry('coupon.disabled'),

  createCampaign: entry('campaign.created'),
  setCampaignStatus: entry('campaign.status-set'),

  moderateReview: entry('review.moderated'),
  replyToReview: entry('review.replied'),

  decideRiskCase: entry('risk-case.decided'),

  updateSupportTicket: entry('support-ticket.changed'),
  addInternalNote: entry('support-ticket.noted'),
  sendSupportMessage: entry('support-ticket.answered'),
  saveHelpArticle: entry('help-article.saved'),
  setSupportAvailability: { none: 'an agent goes on or off duty, which concerns nobody else’s data' },
};

/** The mutations of everybody: each changes what is the caller's own. */
const OWN_CHANGES = `
  register login answerSecondFactor refreshSession logout revokeSession updateProfile requestDataExport deleteMyAccount
  startTotpEnrolment confirmTotpEnrolment startPasskeyRegistration finishPasskeyRegistration removePasskey
  startPasskeyLogin finishPasskeyLogin finishProviderSignIn startProviderLink unlinkProvider sendVerificationEmail
  verifyEmail confirmIdentity changePassword changeEmail requestPasswordReset resetPassword disableTotp logoutEverywhere
  joinWaitlist leaveWaitlist enterWaitingRoom holdSeats holdBestAvailable releaseHold createBooking rescheduleBooking
  cancelBooking transferTicket cancelTicketTransfer acceptTicketTransfer
  payBooking savePaymentMethod setDefaultPaymentMethod removePaymentMethod topUpWallet subscribeToPlan changePlan
  cancelMembership pauseMembership resumeMembership createRecurringPayment cancelRecurringPayment
  setQuietHours registerPushEndpoint unregisterPushEndpoint setReminder deleteReminder markNotificationsRead
  trackEvents
  updateNotificationPreferences
  writeReview updateReview deleteReview markReviewHelpful unmarkReviewHelpful reportReview
  openSupportTicket rateSupport`;

export const OWN_MUTATIONS: readonly string[] = OWN_CHANGES.trim().split(/\s+/);
