import type { Write } from '@marquee/app-kit/text';

import type { checksIn } from '../forms/checks.ts';
import type { Picked } from '../forms/picker.tsx';
import type { Problems } from '../forms/use-form.ts';
import type { CouponKind } from '../generated/graphql.ts';
import type { couponTexts } from './texts.ts';

/** The form of a coupon; amounts and numbers as they are typed. */
export interface CouponValues {
  readonly code: string;
  readonly kind: CouponKind;
  /** The percentage or the amount. */
  readonly off: string;
  readonly currency: string;
  readonly maximumDiscount: string;
  readonly minimumSpend: string;
  readonly budget: string;
  readonly titles: readonly Picked[];
  readonly cities: readonly Picked[];
  readonly firstBookingOnly: boolean;
  readonly perUserLimit: string;
  readonly redemptionLimit: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Empty for the marketplace's. */
  readonly organisationId: string;
}

const MAX_USES = 1_000_000;

export function checkCoupon(
  values: CouponValues,
  checks: ReturnType<typeof checksIn>,
  t: Write<keyof (typeof couponTexts)['en']>,
): Problems<keyof CouponValues> {
  const { kind, currency } = values;
  return {
    code: /^[a-z0-9-]{3,40}$/i.test(values.code.trim()) ? undefined : t('badCode'),
    off: kind === 'PERCENT' ? checks.number(values.off, 1, 100) : checks.amount(values.off, currency),
    maximumDiscount: kind === 'PERCENT' ? checks.optionalAmount(values.maximumDiscount, currency) : undefined,
    minimumSpend: checks.optionalAmount(values.minimumSpend, currency),
    budget: checks.optionalAmount(values.budget, currency),
    perUserLimit: checks.optionalNumber(values.perUserLimit, 1, MAX_USES),
    redemptionLimit: checks.optionalNumber(values.redemptionLimit, 1, MAX_USES),
    startsAt: checks.text(values.startsAt, 40),
    endsAt: checks.end(values.startsAt, values.endsAt),
  };
}
