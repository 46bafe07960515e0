import { ORGANISATION_ROLES, type OrganisationRole } from '@marquee/identity';

import { randomUUID } from 'node:crypto';

import type { GraphClient } from '../../src/client/index.ts';
import { chooseSeats } from '../../src/demo/choose-show.ts';
import { CreateBooking, HoldSeats, PayBooking } from '../../src/demo/operations.ts';
import { type Marketplace, openMarketplace, openVenue } from '../marketplace.ts';
import { type Actor, dataOf, signIn } from '../public-schema/actor.ts';
import { query } from '../server-process.ts';
import { type Belongings, campaignOf, couponOf } from './table.ts';

/** The organisation whose belongings are asked for, and another one. Each has a venue. */
export type Side = 'own' | 'other';

export interface Member extends Actor {
  readonly userId: string;
}

/** A marketplace with two organisations and a member in each role of both. */
export interface World {
  readonly marketplace: Marketplace;
  readonly belongings: Belongings;
  member(side: Side, role: OrganisationRole): Member;
}

const ORGANISATIONS: Readonly<Record<Side, string>> = { own: 'org_seed_partner', other: 'org_seed_admin' };
const WEEK_MS = 7 * 86_400_000;

export async function openWorld(): Promise<World> {
  const marketplace = await openMarketplace({ gateway: { rateLimits: false } });
  const members = await joinAll(marketplace);
  const member = (side: Side, role: OrganisationRole): Member => {
    const found = members.get(`${side} ${role}`);
    if (!found) throw new Error(`nobody is ${role} of the ${side} organisation`);
    return found;
  };
  const admin = await marketplace.logIn('admin');
  const startsAt = [new Date(Date.now() + 2 * WEEK_MS)];
  await openVenue(admin, { name: 'The Globe', screens: [5], startsAt, price: 900 });
  return { marketplace, belongings: await belongingsOf(marketplace, member('own', 'OWNER'), member), member };
}

/** They are customers: what they may do, they may because they are members. */
async function joinAll({ endpoint, databaseUrl }: Marketplace): Promise<ReadonlyMap<string, Member>> {
  const names = (['own', 'other'] as const).flatMap((side) => ORGANISATION_ROLES.map((role) => ({ side, role })));
  for (const { side, role } of names) {
    const account = accountOf(side, role);
    await query(
      databaseUrl('accounts'),
      `INSERT INTO users (id, email, display_name, roles, password_hash, created_at, email_verified_at)
       SELECT 'usr_${account}', '${account}@marquee.test', '${account}', '{CUSTOMER}', password_hash, now(), now()
       FROM users WHERE id = 'usr_seed_customer';
       INSERT INTO organisation_members (organisation_id, user_id, role)
       VALUES ('${ORGANISATIONS[side]}', 'usr_${account}', '${role}')`,
    );
  }
  const joined = names.map(async ({ side, role }) => {
    const account = accountOf(side, role);
    return [`${side} ${role}`, { ...(await signIn(endpoint, account)), userId: `usr_${account}` }] as const;
  });
  return new Map(await Promise.all(joined));
}

function accountOf(side: Side, role: OrganisationRole): string {
  return `${side}_${role.toLowerCase()}`;
}

interface Programme {
  readonly venues: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly screens: { id: string }[] } }[];
  };
}

async function belongingsOf(
  { endpoint, logIn, showId, databaseUrl }: Marketplace,
  owner: Actor,
  member: World['member'],
): Promise<Belongings> {
  const { venues } = await dataOf<Programme>(owner, 'viewer', VENUES);
  const { id: venueId = '', screens } = venues.edges[0]?.node ?? {};
  const show = await dataOf<{ startsAt: string; title: { id: string }; venue: { city: { id: string } } }>(
    ...([owner, 'show', SHOW, { id: showId }] as const),
  );
  const screenId = screens?.[0]?.id ?? '';
  const organisationId = ORGANISATIONS.own;
  const price = { amount: 1_000, currency: 'GBP' };
  const spare = await dataOf<{ shows: { id: string }[] }>(owner, 'scheduleShows', SCHEDULE, {
    input: {
      ...{ titleId: show.title.id, screenId, startsAt: [new Date(Date.now() + 3 * WEEK_MS)] },
      ...{ language: 'en', format: '2D', tierPrices: [{ tierName: 'Standard', price }] },
    },
  });
  const { coupon } = await dataOf<{ coupon: { id: string } }>(owner, 'createCoupon', CREATE_COUPON, {
    input: couponOf(organisationId),
  });
  const { campaign } = await dataOf<{ campaign: { id: string } }>(owner, 'createCampaign', CREATE_CAMPAIGN, {
    input: campaignOf(organisationId, show.title.id),
  });
  const customer = await signIn(endpoint, 'customer');
  const { review } = await dataOf<{ review: { id: string } }>(customer, 'writeReview', WRITE_REVIEW, {
    input: { subject: { venueId }, stars: 4, text: 'A lovely screen and friendly people.' },
  });
  const seats = await chooseSeats(await logIn('customer2'), showId, 1);
  const crowd = await addCrowd(databaseUrl('accounts'), member('own', 'OWNER').userId);
  return {
    ...{ organisationId, venueId, screenId, showId, titleId: show.title.id, cityId: show.venue.city.id },
    ...{ startsAt: show.startsAt, spareShowId: spare.shows[0]?.id ?? '', seatId: seats[0]?.id ?? '' },
    ...{
      couponId: coupon.id,
      campaignId: campaign.id,
      reviewId: review.id,
      scannerId: member('own', 'SCANNER').userId,
    },
    ...crowd,
  };
}

const CROWD = 40;

/** Scanners and invitations of the own organisation, to be removed and withdrawn. */
async function addCrowd(
  databaseUrl: string,
  ownerId: string,
): Promise<Pick<Belongings, 'invitationId' | 'nextInvitation' | 'nextScanner'>> {
  await query(
    databaseUrl,
    `INSERT INTO users (id, email, display_name, roles, created_at)
     SELECT 'usr_crowd_' || n, 'crowd' || n || '@marquee.test', 'Crowd', '{CUSTOMER}', now() FROM generate_series(1, ${CROWD}) n;
     INSERT INTO organisation_members (organisation_id, user_id, role)
     SELECT '${ORGANISATIONS.own}', 'usr_crowd_' || n, 'SCANNER' FROM generate_series(1, ${CROWD}) n;
     INSERT INTO organisation_invitations (id, organisation_id, email, role, invited_by, created_at, expires_at)
     SELECT 'inv_crowd_' || n, '${ORGANISATIONS.own}', 'invited' || n || '@marquee.test', 'SCANNER', '${ownerId}', now(),
            now() + interval '7 days' FROM generate_series(0, ${CROWD}) n`,
  );
  const [scanners, invitations] = [new Numbers(), new Numbers()];
  return {
    invitationId: 'inv_crowd_0',
    nextInvitation: () => `inv_crowd_${invitations.next()}`,
    nextScanner: () => `usr_crowd_${scanners.next()}`,
  };
}

/** 1, 2, 3 and so on, up to the size of the crowd. */
class Numbers {
  #last = 0;

  next(): number {
    this.#last += 1;
    if (this.#last > CROWD) throw new Error('the crowd is too small');
    return this.#last;
  }
}

export async function buyASeat(customer: GraphClient, showId: string): Promise<void> {
  const seatIds = (await chooseSeats(customer, showId, 1)).map(({ id }) => id);
  const { holdSeats } = await customer.request(HoldSeats, { input: { showId, seatIds, idempotencyKey: randomUUID() } });
  const booking = { holdId: holdSeats.hold?.id ?? '', idempotencyKey: randomUUID() };
  const { createBooking } = await customer.request(CreateBooking, { input: booking });
  const bookingId = createBooking.booking?.id ?? '';
  const payment = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
  await customer.request(PayBooking, { input: payment });
}

const VENUES = '{ viewer { venues(first: 5) { edges { node { id name screens { id } } } } } }';
const SHOW = 'query ($id: ID!) { show(id: $id) { startsAt title { id } venue { city { id } } } }';
const SCHEDULE = `mutation ($input: ScheduleShowsInput!) {
  scheduleShows(input: $input) { ... on ScheduleShowsPayload { shows { id } } }
}`;
const CREATE_COUPON = `mutation ($input: CreateCouponInput!) {
  createCoupon(input: $input) { ... on CreateCouponPayload { coupon { id } } }
}`;
const CREATE_CAMPAIGN = `mutation ($input: CreateCampaignInput!) {
  createCampaign(input: $input) { ... on CreateCampaignPayload { campaign { id } } }
}`;
const WRITE_REVIEW = `mutation ($input: WriteReviewInput!) {
  writeReview(input: $input) { ... on WriteReviewPayload { review { id } } }
}`;
