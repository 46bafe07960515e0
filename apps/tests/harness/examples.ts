import { registeredOperations } from '@marquee/stack/client';
import { randomUUID } from 'node:crypto';

import { openHall, type OwnShow } from './halls.ts';
import { demoAccount, type Person, register } from './people.ts';
import { buy, type ChosenShow, clientOf, freeSeats, freshShow, hold } from './shows.ts';

/** Somebody who has something on every page, and the ids that addresses of pages need. */
export interface Examples {
  readonly person: Person;
  readonly show: ChosenShow;
  readonly venueId: string;
  readonly bookingId: string;
  readonly unpaidBookingId: string;
  readonly holdId: string;
  readonly supportTicketId: string;
  readonly helpArticleId: string;
  readonly campaignId: string;
  readonly couponId: string;
  readonly organisationId: string;
  /** A show of the partner, with a ticket sold. */
  readonly own: OwnShow;
  readonly ownBookingId: string;
}

const storefront = registeredOperations('storefront');

const ShowPlace = storefront<{ show: { venue: { id: string } } }, { showId: string }>('SeatMap');
const OpenSupportTicket = storefront<{ openSupportTicket: { ticket: { id: string } } }, { input: object }>(
  'OpenSupportTicket',
);
const HelpArticles = storefront<{ helpArticles: { edges: { node: { id: string } }[] } }, { first: number }>(
  'HelpArticles',
);
const MyCampaigns = registeredOperations('backoffice')<
  { viewer: { campaigns: { edges: { node: { id: string } }[] } } },
  { first: number }
>('MyCampaigns');
const Coupons = registeredOperations('backoffice')<
  { coupons: { edges: { node: { id: string } }[] } },
  { first: number }
>('Coupons');
const MyOrganisations = storefront<{ viewer: { organisations: { organisation: { id: string } }[] } }>(
  'MyOrganisations',
);
const CreateBooking = storefront<{ createBooking: { booking: { id: string } } }, { input: object }>('CreateBooking');

export async function makeExamples(worker: number): Promise<Examples> {
  const [person, show] = await Promise.all([register('Alex'), freshShow(worker)]);
  const client = clientOf(person);
  const place = await client.request(ShowPlace, { showId: show.show.id });
  const { id: bookingId } = await buy(person, show.show.id, 1);
  const unpaid = await hold(person, show.show.id, await freeSeats(show.show.id, 1));
  const { createBooking } = await client.request(CreateBooking, {
    input: { holdId: unpaid.id, idempotencyKey: randomUUID() },
  });
  const { id: holdId } = await hold(person, show.show.id, await freeSeats(show.show.id, 1));
  const { openSupportTicket } = await client.request(OpenSupportTicket, {
    input: { subject: 'Reihe 7', text: 'Ist Reihe 7 frei?', category: 'BOOKING', bookingId },
  });
  const { helpArticles } = await client.request(HelpArticles, { first: 1 });
  const { viewer } = await clientOf(await demoAccount('advertiser')).request(MyCampaigns, { first: 1 });
  const admin = clientOf(await demoAccount('admin'));
  const organisations = await admin.request(MyOrganisations, {});
  const { coupons } = await admin.request(Coupons, { first: 1 });
  const own = await openHall({ rows: 4, seatsPerRow: 12, hours: 2 });
  const { id: ownBookingId } = await buy(person, own.showId, 1);
  return {
    ...{ own, ownBookingId, person, show, bookingId, holdId },
    venueId: place.show.venue.id,
    unpaidBookingId: createBooking.booking.id,
    helpArticleId: helpArticles.edges[0]?.node.id ?? '',
    organisationId: organisations.viewer.organisations[0]?.organisation.id ?? '',
    couponId: coupons.edges[0]?.node.id ?? '',
    campaignId: viewer.campaigns.edges[0]?.node.id ?? '',
    supportTicketId: openSupportTicket.ticket.id,
  };
}
