/** A test card: what a payer's form would show of it. */
export interface Card {
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

/** What the issuer says when a card is charged. */
export type ChargeOutcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'failed'; readonly declineCode: string }
  | { readonly status: 'requires_action' }
  | { readonly status: 'processing'; readonly succeedsAt: Date };

/** What a verdict may depend on. */
export interface ChargeContext {
  readonly now: Date;
  /** When the payer's time runs out, as the charge's metadata says; null when it does not. */
  readonly deadline: Date | null;
  /** How many charges the saved card was asked for before this one; 0 for a card that is not saved. */
  readonly earlierCharges: number;
  /** How long after the deadline a late card succeeds, in milliseconds. */
  readonly lateByMs: number;
}

interface TestCard extends Card {
  outcome(context: ChargeContext): ChargeOutcome;
  /** The first answer to a charge is withheld, although the charge was made. */
  readonly answersLate?: true;
}

const visa = (last4: string): Card => ({ brand: 'visa', last4, expiryMonth: 12, expiryYear: 2034 });
const declined = (declineCode: string): ChargeOutcome => ({ status: 'failed', declineCode });
const SUCCEEDED: ChargeOutcome = { status: 'succeeded' };

const CARDS: Readonly<Record<string, TestCard>> = {
  tok_visa: { ...visa('4242'), outcome: () => SUCCEEDED },
  tok_insufficient_funds: { ...visa('9995'), outcome: () => declined('insufficient_funds') },
  tok_requires_action: { ...visa('3220'), outcome: () => ({ status: 'requires_action' }) },
  tok_flaky: { ...visa('0119'), outcome: () => SUCCEEDED, answersLate: true },
  tok_late: { ...visa('0077'), outcome: succeedsLate },
  tok_renewal_fails: {
    ...visa('0341'),
    outcome: ({ earlierCharges }) => (earlierCharges === 0 ? SUCCEEDED : declined('card_declined')),
  },
};

function succeedsLate({ now, deadline, lateByMs }: ChargeContext): ChargeOutcome {
  const from = Math.max(now.getTime(), deadline?.getTime() ?? 0);
  return { status: 'processing', succeedsAt: new Date(from + lateByMs) };
}

/** The card that a token stands for; null for a token nobody issued. */
export function cardOf(token: string): Card | null {
  const card = CARDS[token];
  if (!card) return null;
  const { brand, last4, expiryMonth, expiryYear } = card;
  return { brand, last4, expiryMonth, expiryYear };
}

/** What happens when the token's card is charged: a token nobody issued is declined as `invalid_card`. */
export function outcomeOf(token: string, context: ChargeContext): ChargeOutcome {
  return CARDS[token]?.outcome(context) ?? declined('invalid_card');
}

/** Whether the first answer to a charge of the token's card is withheld. */
export function answersLate(token: string): boolean {
  return CARDS[token]?.answersLate ?? false;
}
