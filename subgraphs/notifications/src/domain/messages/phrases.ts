/** The seats of a message, whose value is `seats`. */
export const SEATS = {
  en: '{seatsCount, plural, one {Seat} other {Seats}} {seats}',
  de: '{seatsCount, plural, one {Platz} other {Plätze}} {seats}',
  hi: '{seatsCount, plural, one {सीट} other {सीटें}} {seats}',
} as const;

/** A venue's reason, whose value is `reason`, after a sentence. */
export const REASON = '{reasonGiven, select, yes { {reason}} other {}}';
