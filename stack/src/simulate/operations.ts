import { registeredOperations } from '../client/index.ts';
import type { UserErrorResult } from '../demo/operations.ts';

const storefront = registeredOperations('storefront');

export const Register = storefront<
  { register: UserErrorResult & { accessToken?: string } },
  { input: { email: string; password: string; displayName: string; referralCode?: string } }
>('Register');

export const MyReferral = storefront<{ viewer: { referral: { code: string } | null } }>('MyReferral');

export const ReleaseHold = storefront<{ releaseHold: UserErrorResult }, { holdId: string }>('ReleaseHold');

export const TopUpWallet = storefront<
  { topUpWallet: UserErrorResult & { payment?: { status: string } } },
  {
    input: {
      amount: { amount: number; currency: string };
      with: { cardToken: string };
      idempotencyKey: string;
    };
  }
>('TopUpWallet');

export interface TrackedInput {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly visitorId: string;
  readonly cityId: string;
  readonly titleId: string | null;
  readonly showId: string | null;
  readonly searchText: string | null;
}

export const TrackEvents = storefront<
  { trackEvents: { accepted: number; duplicates: number } },
  { events: readonly TrackedInput[] }
>('TrackEvents');
