import { randomUUID } from 'node:crypto';
import { eventually } from '@marquee/testkit';
import { bookASeat } from '../../src/demo/book-a-seat.ts';
import { type Marketplace, openMarketplace } from '../marketplace.ts';
import { type Actor, actor, dataOf, signIn } from '../public-schema/actor.ts';
import { marketplaceSamples, type Samples } from '../public-schema/samples.ts';
import { query } from '../server-process.ts';

/** The callers of the baseline. The objects that are asked for belong to `customer` and `partner`. */
export const ROLES = [
  'anonymous',
  'customer',
  'customer2',
  'partner',
  'partner2',
  'agent',
  'analyst',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

export type Actors = ReadonlyMap<Role, Actor>;

/** A marketplace in which a customer has one of everything, and what to ask for. */
export interface World {
  readonly marketplace: Marketplace;
  readonly actors: Actors;
  readonly samples: Samples;
}

export async function openWorld(): Promise<World> {
  const marketplace = await openMarketplace({ gateway: { rateLimits: false, cost: false, limits: { maxDepth: 30 } } });
  const { endpoint } = marketplace;
  await promoteToPartner(marketplace, 'partner2');
  const actors = new Map<Role, Actor>([['anonymous', actor(endpoint)]]);
  for (const role of ROLES) if (role !== 'anonymous') actors.set(role, await signIn(endpoint, role));
  const [customer, partner] = [actors.get('customer'), actors.get('partner')];
  if (!customer || !partner) throw new Error('nobody signed in');
  await bookASeat(endpoint, { step: () => {}, event: () => {} });
  await dataOf(partner, 'createTitle', CREATE_TITLE);
  await dataOf(customer, 'topUpWallet', TOP_UP, { key: randomUUID() });
  await dataOf(customer, 'savePaymentMethod', SAVE_CARD);
  const { export: asked } = await dataOf<{ export: { id: string } }>(customer, 'requestDataExport', ASK_EXPORT);
  await subscribe(customer, actors.get('admin'));
  const samples = await marketplaceSamples(marketplace);
  const owned = await ownedBy(customer, samples);
  const told = await saidBy(customer, actors, {
    ...{ titleId: samples['titleId'], cityId: samples['cityId'] },
    bookingId: owned['bookingId'],
  });
  await eventually(async () => {
    const made = await dataOf<{ status: string }>(customer, 'dataExport', EXPORT, { id: asked.id });
    if (made.status !== 'READY') throw new Error('The export is not made');
  });
  return { marketplace, actors, samples: { ...samples, ...owned, ...told, 'dataExport.id': asked.id } };
}

/** The ids of what the customer said of titles and to support, and of a coupon, a campaign and an invitation of the partner's. */
async function saidBy(customer: Actor, actors: Actors, ids: Samples): Promise<Samples> {
  const [agent, partner] = [actors.get('agent'), actors.get('partner')];
  if (!agent || !partner) throw new Error('nobody signed in');
  const { review } = await dataOf<{ review: { id: string } }>(customer, 'writeReview', WRITE_REVIEW, ids);
  await dataOf(partner, 'reportReview', REPORT, { reviewId: review.id });
  const { ticket } = await dataOf<{ ticket: { id: string } }>(customer, 'openSupportTicket', OPEN_TICKET, ids);
  await eventually(() => dataOf(agent, 'booking', OF_CASE, ids));
  await dataOf(agent, 'addInternalNote', ADD_NOTE, { ticketId: ticket.id });
  await dataOf(customer, 'setReminder', REMIND, ids);
  const window = { startsAt: new Date(), endsAt: new Date(Date.now() + 86_400_000) };
  const { coupon } = await dataOf<{ coupon: { id: string } }>(partner, 'createCoupon', CREATE_COUPON, window);
  const about = { ...window, titleId: ids['titleId'] };
  const { campaign } = await dataOf<{ campaign: { id: string } }>(partner, 'createCampaign', CREATE_CAMPAIGN, about);
  await dataOf(partner, 'inviteMember', INVITE);
  return {
    ...{ 'supportTicket.id': ticket.id, ticketId: ticket.id, reviewId: review.id, couponId: coupon.id },
    'coupon.id': coupon.id,
    ...{ campaignId: campaign.id, 'campaign.id': campaign.id },
    'coupons.organisationId': 'org_seed_partner',
    organisationId: 'org_seed_partner',
  };
}

/** Registers an account with the role. No operation grants roles. */
async function promoteToPartner({ endpoint, databaseUrl }: Marketplace, name: string): Promise<void> {
  const email = `${name}@marquee.test`;
  await dataOf(actor(endpoint), 'register', REGISTER, { email });
  await query(databaseUrl('accounts'), `UPDATE users SET roles = '{CUSTOMER,PARTNER}' WHERE email = '${email}'`);
}

interface Viewer {
  sessions: { id: string; current: boolean }[];
  bookings: { edges: { node: { id: string; payments: { id: string }[] } }[] };
}

/** The ids of what belongs to the customer. */
async function ownedBy(customer: Actor, samples: Samples): Promise<Samples> {
  const { sessions, bookings } = await dataOf<Viewer>(customer, 'viewer', OWNED);
  const [booking] = bookings.edges;
  const seats = await dataOf<{ hold: { id: string } }>(customer, 'holdBestAvailable', HOLD, {
    input: { showId: samples['showId'], quantity: 1, idempotencyKey: randomUUID() },
  });
  const today = new Date();
  const { startsAt } = await dataOf<{ startsAt: string }>(customer, 'show', START, { id: samples['showId'] });
  return {
    'booking.id': booking?.node.id,
    bookingId: booking?.node.id,
    paymentId: booking?.node.payments[0]?.id,
    holdId: seats.hold.id,
    'hold.id': seats.hold.id,
    sessionId: sessions.find(({ current }) => !current)?.id,
    date: startsAt.slice(0, 10),
    from: today.toISOString().slice(0, 10),
    to: new Date(today.getTime() + 14 * 86_400_000).toISOString().slice(0, 10),
  };
}

/** Gives the customer a membership with an invoice, and a recurring payment. */
async function subscribe(customer: Actor, admin: Actor | undefined): Promise<void> {
  if (!admin) throw new Error('no administrator signed in');
  const { plan } = await dataOf<{ plan: { id: string } }>(admin, 'createMembershipPlan', CREATE_PLAN);
  await dataOf(customer, 'subscribeToPlan', SUBSCRIBE, { planId: plan.id, key: randomUUID() });
  await dataOf(customer, 'createRecurringPayment', RECURRING, { key: randomUUID() });
}

const REGISTER = `mutation ($email: String!) {
  register(input: { email: $email, password: "marquee-demo-1", displayName: "Another Partner" }) { __typename }
}`;
const CREATE_TITLE = `mutation {
  createTitle(input: {
    kind: LIVE_EVENT, name: "The Concert", description: "Live.", languages: ["en"], genres: ["Rock"], durationMinutes: 90
  }) { __typename }
}`;
const TOP_UP = `mutation ($key: String!) {
  topUpWallet(input: { amount: { amount: 500, currency: "GBP" }, with: { cardToken: "tok_visa" }, idempotencyKey: $key }) {
    __typename
  }
}`;
const SAVE_CARD = `mutation { savePaymentMethod(input: { cardToken: "tok_visa" }) { __typename } }`;
const ASK_EXPORT = 'mutation { requestDataExport { export { id } } }';
const EXPORT = 'query ($id: ID!) { dataExport(id: $id) { status } }';
const CREATE_PLAN = `mutation {
  createMembershipPlan(input: {
    name: "Baseline", description: "For this test.", interval: MONTH, price: { amount: 500, currency: "EUR" }
  }) { ... on CreateMembershipPlanPayload { plan { id } } }
}`;
const SUBSCRIBE = `mutation ($planId: ID!, $key: String!) {
  subscribeToPlan(input: { planId: $planId, with: { cardToken: "tok_visa" }, idempotencyKey: $key }) { __typename }
}`;
const RECURRING = `mutation ($key: String!) {
  createRecurringPayment(input: {
    purpose: GIFT, amount: { amount: 500, currency: "EUR" }, interval: MONTH, with: { cardToken: "tok_visa" }
    idempotencyKey: $key
  }) { __typename }
}`;
const WRITE_REVIEW = `mutation ($titleId: ID!) {
  writeReview(input: { subject: { titleId: $titleId }, stars: 4, text: "Worth the way." }) {
    ... on WriteReviewPayload { review { id } }
  }
}`;
const REPORT = `mutation ($reviewId: ID!) {
  reportReview(input: { reviewId: $reviewId, reason: OTHER }) { __typename }
}`;
const OPEN_TICKET = `mutation ($bookingId: ID!) {
  openSupportTicket(input: { subject: "A seat", text: "It creaks.", category: BOOKING, bookingId: $bookingId }) {
    ... on OpenSupportTicketPayload { ticket { id } }
  }
}`;
/** Booking and payments learn of the ticket by an event. */
const OF_CASE = `query ($bookingId: ID!) { booking(id: $bookingId) { status payments { status } } }`;
const ADD_NOTE = `mutation ($ticketId: ID!) {
  addInternalNote(ticketId: $ticketId, text: "Known.") { __typename }
}`;
const REMIND = `mutation ($titleId: ID!, $cityId: ID!) {
  setReminder(titleId: $titleId, cityId: $cityId) { __typename }
}`;
const CREATE_COUPON = `mutation ($startsAt: DateTime!, $endsAt: DateTime!) {
  createCoupon(input: {
    code: "BASELINE", kind: PERCENT, percentOff: 10, startsAt: $startsAt, endsAt: $endsAt
    organisationId: "org_seed_partner"
  }) { ... on CreateCouponPayload { coupon { id } } }
}`;
const CREATE_CAMPAIGN = `mutation ($titleId: ID!, $startsAt: DateTime!, $endsAt: DateTime!) {
  createCampaign(input: {
    name: "Baseline", titleId: $titleId, headline: "Soon", imageUrl: "https://images.example.com/soon.jpg"
    budget: { amount: 10000, currency: "EUR" }, bidPerThousand: { amount: 500, currency: "EUR" }
    startsAt: $startsAt, endsAt: $endsAt
  }) { ... on CreateCampaignPayload { campaign { id } } }
}`;
const INVITE = `mutation {
  inviteMember(input: { organisationId: "org_seed_partner", email: "baseline@marquee.test", role: SCANNER }) { __typename }
}`;
const HOLD = `mutation ($input: HoldBestAvailableInput!) {
  holdBestAvailable(input: $input) { ... on HoldSeatsPayload { hold { id } } }
}`;
const START = `query ($id: ID!) { show(id: $id) { startsAt } }`;
const OWNED = `{
  viewer { sessions { id current } bookings { edges { node { id payments { id } } } } }
}`;
