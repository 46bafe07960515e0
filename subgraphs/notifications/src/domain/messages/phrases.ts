/** The seats of a message, whose value is `seats`. */
export const SEATS = {
  en: '{seatsCount, plural, one {Seat} other {Seats}} {seats}',
  de: '{seatsCount, plural, one {Platz} other {Plätze}} {seats}',
  hi: '{seatsCount, plural, one {सीट} other {सीटें}} {seats}',
} as const;

/** A venue's reason, whose value is `reason`, after a sentence. */
export const REASON = '{reasonGiven, select, yes { {reason}} other {}}';

/** The kinds of notices, as values of messages. */
export const KINDS = ['BOOKING', 'PAYMENT', 'WAITLIST', 'SUPPORT', 'PROMOTION', 'ACCOUNT'] as const;

/** The kind of a notice, whose value is `kind`, in a sentence. */
export const ABOUT = {
  en: '{kind, select, BOOKING {your bookings} PAYMENT {your payments} WAITLIST {your waitlists and reminders} SUPPORT {your support requests and reviews} PROMOTION {offers} other {your account}}',
  de: '{kind, select, BOOKING {Ihren Buchungen} PAYMENT {Ihren Zahlungen} WAITLIST {Ihren Wartelisten und Erinnerungen} SUPPORT {Ihren Support-Anfragen und Bewertungen} PROMOTION {Angeboten} other {Ihrem Konto}}',
  hi: '{kind, select, BOOKING {आपकी बुकिंग} PAYMENT {आपके भुगतानों} WAITLIST {आपकी प्रतीक्षा सूचियों और रिमाइंडर} SUPPORT {आपके सहायता अनुरोधों और समीक्षाओं} PROMOTION {ऑफ़र} other {आपके खाते}}',
} as const;
