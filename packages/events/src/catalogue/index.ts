import type { z } from 'zod';

import { accountsEvents } from './accounts.ts';
import { bookingEvents } from './booking.ts';
import { catalogEvents } from './catalog.ts';
import { notificationsEvents } from './notifications.ts';
import { paymentsEvents } from './payments.ts';

/** Every event type with its payload's schema. */
export const catalogue = {
  ...accountsEvents,
  ...catalogEvents,
  ...bookingEvents,
  ...paymentsEvents,
  ...notificationsEvents,
};

export type EventType = keyof typeof catalogue;

/** What an event of the type carries. */
export type PayloadOf<T extends EventType> = z.output<(typeof catalogue)[T]>;

/** The types by the domain that tells them. */
const typesOfDomain = {
  accounts: accountsEvents,
  catalog: catalogEvents,
  booking: bookingEvents,
  payments: paymentsEvents,
  notifications: notificationsEvents,
};

/** A domain that tells events. */
export type EventDomain = keyof typeof typesOfDomain;

const domainOfType = new Map<string, EventDomain>(
  (Object.keys(typesOfDomain) as EventDomain[]).flatMap((domain) =>
    Object.keys(typesOfDomain[domain]).map((type) => [type, domain] as const),
  ),
);

/** Whether the catalogue has the type. */
export function isEventType(type: string): type is EventType {
  return domainOfType.has(type);
}

/** The domain that tells events of the type. */
export function domainOf(type: EventType): EventDomain {
  const domain = domainOfType.get(type);
  if (domain === undefined) throw new Error(`The catalogue has no event type ${type}`);
  return domain;
}
