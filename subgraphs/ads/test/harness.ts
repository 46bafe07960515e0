import { PrismaClient } from '@marquee/prisma-ads';
import type { Caller, OrganisationRoleOf, ServiceCalls } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph';
import { type Harness, type HarnessOptions, openHarness, userCaller } from '@marquee/testkit/harness';

import type { PlacedAd } from '../src/use-cases/place-ads.ts';
import { subgraph } from '../src/subgraph.ts';

export { userCaller as user };

export const feed: Caller = { kind: 'service', name: 'feed' };
export const TITLE = 'ttl_1';
export const CITY = 'cty_lon';

/** Accounts and catalog as ads asks them. */
export interface Others {
  readonly roles: Map<string, readonly OrganisationRoleOf[]>;
  readonly titles: Set<string>;
  readonly cities: Set<string>;
}

export interface AdsHarness extends Harness<PrismaClient> {
  readonly others: Others;
}

/** The subgraph, with stand-ins for those that it asks. Its jobs run when a test runs them. */
export async function openAds(options: Partial<HarnessOptions> = {}): Promise<AdsHarness> {
  const others: Others = { roles: new Map(), titles: new Set([TITLE]), cities: new Set([CITY]) };
  const harness = await openHarness(subgraph, PrismaClient, { calls: answering(others), start: false, ...options });
  return { ...harness, others };
}

function answering({ roles, titles, cities }: Others): ServiceCalls {
  const answer = (asked: Readonly<Record<string, string>>): object => {
    if (asked['userId'] !== undefined) return { organisationRoles: roles.get(asked['userId']) ?? [] };
    const known = (ids: ReadonlySet<string>, id = '') => (ids.has(id) ? { id } : null);
    const named = Object.entries(asked).filter(([name]) => name.startsWith('city'));
    return {
      title: known(titles, asked['titleId']),
      ...Object.fromEntries(named.map(([name, id]) => [name, known(cities, id)])),
    };
  };
  return {
    query: async <Data>(_subgraph: string, { variables }: { variables?: object | undefined }) =>
      answer(variables as Readonly<Record<string, string>>) as Data,
  };
}

/** An owner of an organisation of their own. */
export function advertiser({ others }: Pick<AdsHarness, 'others'>) {
  const [caller, organisationId] = [userCaller(newId('usr'), ['campaigns:write']), newId('org')];
  others.roles.set(caller.userId, [{ organisationId, role: 'OWNER' }]);
  return { caller, organisationId };
}

export const eur = (amount: number) => ({ amount, currency: 'EUR' });
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

export const FIELDS = `id name status titleId headline imageUrl cityIds timeZone frequencyCapPerDay organisation { id }
  budget { amount currency } dailyCap { amount } bidPerThousand { amount } spent { amount currency } impressions clicks
  clickThroughRate dailySpend { date spent { amount } impressions clicks }`;
const CREATE = `mutation ($input: CreateCampaignInput!) { result: createCampaign(input: $input) {
  __typename ... on CreateCampaignPayload { campaign { ${FIELDS} } } ... on UserError { message } } }`;
const SET = `mutation ($campaignId: ID!, $status: CampaignStatus!) {
  result: setCampaignStatus(campaignId: $campaignId, status: $status) {
    __typename ... on SetCampaignStatusPayload { campaign { ${FIELDS} } }
    ... on CampaignStatusError { message status } } }`;
const READ = `query ($id: ID!) { result: campaign(id: $id) { ${FIELDS} } }`;
const PLACE = `query ($cityId: ID!, $viewerKey: String!, $slots: Int!) {
  result: adPlacements(cityId: $cityId, viewerKey: $viewerKey, slots: $slots) { impressionToken headline imageUrl titleId } }`;

export interface CampaignAnswer {
  readonly id: string;
  readonly status: string;
  readonly spent: { readonly amount: number };
  readonly impressions: number;
  readonly clicks: number;
}

/** The answer to an operation: what it returns, or `code`, `field` and `message` of its error. */
export interface Answer {
  readonly __typename?: string;
  readonly code?: string;
  readonly field?: string;
  readonly message?: string;
  readonly status?: string;
  readonly campaign?: CampaignAnswer;
}

/** The operations that clients and feed send to ads. */
export function operationsOf(harness: AdsHarness) {
  const ask = async <Result = Answer>(caller: Caller, query: string, variables: object): Promise<Result> => {
    const { data, errors } = await harness.execute(query, caller, variables as Record<string, unknown>);
    if (errors?.[0]) return { message: errors[0].message, ...errors[0].extensions } as Result;
    return (data as { result: Result }).result;
  };
  const create = (caller: Caller, fields: object = {}) => ask(caller, CREATE, { input: terms(fields) });
  const set = (caller: Caller, campaignId: string, status: string) => ask(caller, SET, { campaignId, status });
  const place = (request: object = {}, caller: Caller = feed) =>
    ask<PlacedAd[]>(caller, PLACE, { cityId: CITY, viewerKey: newId('vis'), slots: 1, ...request });
  return {
    create,
    set,
    place,
    read: (caller: Caller, id: string) => ask<CampaignAnswer & Answer>(caller, READ, { id }),
    /** Starts a campaign of an organisation of its own. @returns its id and who manages it */
    running: async (fields: object = {}) => {
      const { caller, organisationId } = advertiser(harness);
      const { campaign, ...refused } = await create(caller, fields);
      if (!campaign) throw new Error(JSON.stringify(refused));
      await set(caller, campaign.id, 'ACTIVE');
      return { id: campaign.id, caller, organisationId };
    },
  };
}

/** A new campaign of 100 EUR, for 5 EUR a thousand. */
function terms(fields: object): object {
  return {
    ...{ name: newId('cmp'), titleId: TITLE, headline: 'The film of the year' },
    ...{ imageUrl: 'https://images.example.com/film.jpg', budget: eur(10_000), bidPerThousand: eur(500) },
    ...{ startsAt: inDays(-1), endsAt: inDays(1), ...fields },
  };
}

let events = 0;

/** Events of a token as activity records them. */
export function adEvent(impressionToken: string, change: object = {}) {
  events += 1;
  return {
    ...{ eventId: `evt_${events}`, kind: 'IMPRESSION' as const, impressionToken, userId: null, visitorId: 'vis_1' },
    ...{ at: new Date().toISOString(), suspicious: false, ...change },
  };
}
