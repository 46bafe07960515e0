/** The cards of the sandbox, by what a payment with them does. */
export const TEST_CARDS = {
  tok_visa: '4242',
  tok_insufficient_funds: '9995',
  tok_requires_action: '3220',
  tok_expired: '0069',
  tok_flaky: '0119',
  tok_late: '0077',
  tok_renewal_fails: '0341',
} as const;

export type TestCardToken = keyof typeof TEST_CARDS;

export const TEST_CARD_TOKENS = Object.keys(TEST_CARDS) as readonly TestCardToken[];
