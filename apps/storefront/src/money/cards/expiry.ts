/** Whether the month in which a card expires has ended. */
export function hasExpired(
  { expiryMonth, expiryYear }: { readonly expiryMonth: number; readonly expiryYear: number },
  now: Date,
): boolean {
  return now.getUTCFullYear() * 12 + now.getUTCMonth() >= expiryYear * 12 + expiryMonth;
}
