import type { MembershipPlansQuery, MyMembershipQuery } from '../../generated/graphql.ts';

export type Membership = NonNullable<NonNullable<MyMembershipQuery['viewer']>['membership']>;
export type Plan = NonNullable<MembershipPlansQuery['membershipPlans']>[number];
