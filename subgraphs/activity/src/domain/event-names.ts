/** Events that are recorded from those of booking. Clients may not claim them. */
export const OWN_EVENTS = {
  SEATS_HELD: 'seats_held',
  BOOKING_REQUESTED: 'booking_requested',
  BOOKING_CONFIRMED: 'booking_confirmed',
  BOOKING_CANCELLED: 'booking_cancelled',
} as const;

export type OwnEvent = (typeof OWN_EVENTS)[keyof typeof OWN_EVENTS];

const RECORDED: ReadonlySet<string> = new Set(Object.values(OWN_EVENTS));

export const isOwnEvent = (name: string): boolean => RECORDED.has(name);

/** Whether a text is the name of an event. */
export const isEventName = (text: string): boolean => /^[a-z][a-z0-9_]{0,63}$/.test(text);

/** The name under which events are counted whose own names are too many. */
export const OTHER = 'other';
