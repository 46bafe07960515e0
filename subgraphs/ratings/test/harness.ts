import { PrismaClient } from '@marquee/prisma-ratings';
import type { Caller, FormattedResult, UserCaller } from '@marquee/subgraph';
import { type Harness, type HarnessOptions, openHarness, userCaller } from '@marquee/testkit/harness';

import { subgraph } from '../src/subgraph.ts';

/** The members of the organisation of all titles and venues, and the owner of another. */
const MEMBERS: Readonly<Record<string, { readonly organisationId: string; readonly role: string }>> = {
  usr_owner: { organisationId: 'org_1', role: 'OWNER' },
  usr_manager: { organisationId: 'org_1', role: 'MANAGER' },
  usr_scanner: { organisationId: 'org_1', role: 'SCANNER' },
  usr_competitor: { organisationId: 'org_2', role: 'OWNER' },
};

/** Catalog, which knows every title and venue but `…_unknown`, and accounts. */
const calls: HarnessOptions['calls'] = {
  query: async (_subgraph, { variables }) => {
    const { id, userId } = variables as { id?: string; userId?: string };
    const member = MEMBERS[userId ?? ''];
    return {
      organisationId: id?.endsWith('_unknown') ? null : 'org_1',
      organisationRoles: member ? [member] : [],
    } as never;
  },
};

export interface RatingsHarness extends Harness<PrismaClient> {
  /** Runs an operation and returns its data. @throws its first error */
  ask<Data>(query: string, caller: Caller, variables?: Record<string, unknown>): Promise<Data>;
  /** Writes a review. */
  write(author: UserCaller, input: object): Promise<ReviewAnswer>;
  moderate(moderator: UserCaller, reviewId: string, decision: string, more?: object): Promise<Outcome>;
  /** A review as its moderator sees it. */
  read(reviewId: string): Promise<ReviewAnswer>;
}

export interface ReviewAnswer {
  readonly id: string;
  readonly stars: number;
  readonly text: string | null;
  readonly status: string;
  readonly helpfulCount: number;
  readonly verifiedAttendee: boolean;
  readonly version: number;
  readonly moderationNote: string | null;
  readonly doubts: readonly string[] | null;
}

export interface Outcome {
  readonly __typename: string;
  readonly message?: string;
  readonly review?: ReviewAnswer;
}

const FIELDS = 'id stars text status helpfulCount verifiedAttendee version moderationNote';
export const WRITE = `mutation ($input: WriteReviewInput!) { result: writeReview(input: $input) {
  __typename ... on WriteReviewPayload { review { ${FIELDS} } } ... on ReviewExistsError { review { id } } ... on UserError { message } } }`;
export const UPDATE = `mutation ($input: UpdateReviewInput!) { result: updateReview(input: $input) {
  __typename ... on UpdateReviewPayload { review { ${FIELDS} } } ... on UserError { message } } }`;
export const DELETE = `mutation ($reviewId: ID!) { result: deleteReview(reviewId: $reviewId) {
  __typename ... on UserError { message } } }`;
export const MARK =
  'mutation ($reviewId: ID!) { result: markReviewHelpful(reviewId: $reviewId) { review { helpfulCount } } }';
export const UNMARK =
  'mutation ($reviewId: ID!) { result: unmarkReviewHelpful(reviewId: $reviewId) { review { helpfulCount } } }';
export const REPORT = 'mutation ($input: ReportReviewInput!) { result: reportReview(input: $input) { reportId } }';
export const REPLY = `mutation ($reviewId: ID!, $text: String!) { result: replyToReview(reviewId: $reviewId, text: $text) {
  __typename ... on ReplyToReviewPayload { review { reply { text at } } } ... on UserError { message } } }`;
export const MODERATE = `mutation ($reviewId: ID!, $decision: ModerationDecision!, $note: String, $version: Int) {
  result: moderateReview(reviewId: $reviewId, decision: $decision, note: $note, version: $version) {
    __typename ... on ModerateReviewPayload { review { ${FIELDS} } } ... on UserError { message } } }`;
export const QUEUE = `query ($first: Int, $after: String) { result: moderationQueue(first: $first, after: $after) {
  edges { node { id doubts reports { reason } author { id } } } pageInfo { hasNextPage endCursor } } }`;
const READ = `query ($of: [_Any!]!) { result: _entities(representations: $of) { ... on Review { ${FIELDS} doubts } } }`;

export const agent = (): UserCaller => userCaller(undefined, ['reviews:moderate']);

/** The subgraph, its relay, consumer and jobs running. */
export async function openRatings(options: Partial<HarnessOptions> = {}): Promise<RatingsHarness> {
  const harness = await openHarness(subgraph, PrismaClient, { calls, ...options });
  const ask = async <Data>(query: string, caller: Caller, variables = {}): Promise<Data> => {
    const { data, errors } = await harness.execute(query, caller, variables);
    if (errors?.[0]) throw Object.assign(new Error(errors[0].message), { extensions: errors[0].extensions });
    return (data as { result: Data }).result;
  };
  return {
    ...harness,
    ask,
    write: async (author, input) => (await ask<{ review: ReviewAnswer }>(WRITE, author, { input })).review,
    moderate: (moderator, reviewId, decision, more = {}) => ask(MODERATE, moderator, { reviewId, decision, ...more }),
    read: async (id) => {
      const [review] = await ask<[ReviewAnswer]>(READ, agent(), { of: [{ __typename: 'Review', id }] });
      return review;
    },
  };
}

export const codeOf = ({ errors }: FormattedResult): unknown => errors?.[0]?.extensions?.['code'];

export { userCaller as user };
