/** Behaviours that have words here; others are shown by their code. */
const REASONS = [
  ...(['BURST_OF_BOOKINGS', 'HELD_WITHOUT_BUYING', 'DECLINED_CARDS', 'MANY_CARDS', 'SHARED_CARD'] as const),
  ...(['SHARED_DEVICE', 'SHARED_NETWORK', 'REFERRAL_RING', 'FAST_CLICKS', 'REGULAR_CLICKS'] as const),
  ...(['BULK_BUYING', 'RESALE'] as const),
] as const;

export type Reason = (typeof REASONS)[number];

export function isReason(code: string): code is Reason {
  return (REASONS as readonly string[]).includes(code);
}
