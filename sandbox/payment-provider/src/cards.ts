import { createHash } from 'node:crypto';

/** The visible details of a test card. */
export interface Card {
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
}

/** The outcome of charging a card. */
export type ChargeOutcome =
  | { readonly status: 'succeeded' }
  | { readonly status: 'failed'; readonly declineCode: string }
  | { readonly status: 'requires_action' }
  | { readonly status: 'processing'; readonly succeedsAt: Date };

/** The circumstances of a charge that its outcome may depend on. */
export interface ChargeContext {
  readonly now: Date;
  /** The payment deadline in the charge's metadata, or null. */
  readonly deadline: Date | null;
  /** The number of earlier charges of a saved card; 0 for a card that is not saved. */
  readonly earlierCharges: number;
  /** The delay after the deadline until a late card succeeds, in milliseconds. */
  readonly lateByMs: number;
  /** Whether the payer is not there to confirm it. */
  readonly offSession: boolean;
}

interface TestCard extends Card {
  /** The outcome of a payment with it, to show to a developer. */
  readonly behaviour: string;
  outcome(context: ChargeContext): ChargeOutcome;
  /** The charge is made, but its first response is withheld. */
  readonly answersLate?: true;
}

const visa = (last4: string): Card => ({ brand: 'visa', last4, expiryMonth: 12, expiryYear: 2034 });
const declined = (declineCode: string): ChargeOutcome => ({ status: 'failed', declineCode });
const SUCCEEDED: ChargeOutcome = { status: 'succeeded' };

const CARDS: ReadonlyMap<string, TestCard> = new Map(
  Object.entries<TestCard>({
    tok_visa: { ...visa('4242'), behaviour: 'The payment succeeds.', outcome: () => SUCCEEDED },
    tok_insufficient_funds: {
      ...visa('9995'),
      behaviour: 'It is declined: insufficient funds.',
      outcome: () => declined('insufficient_funds'),
    },
    tok_requires_action: {
      ...visa('3220'),
      behaviour:
        'It waits until its page is opened; ?answer=decline or ?answer=cancel ends it there. A renewal is declined.',
      outcome: ({ offSession }) => (offSession ? declined('authentication_required') : { status: 'requires_action' }),
    },
    tok_expired: {
      ...visa('0069'),
      behaviour: 'It can be saved, and is declined as expired.',
      expiryYear: 2020,
      outcome: () => declined('expired_card'),
    },
    tok_flaky: {
      ...visa('0119'),
      behaviour: 'It succeeds, but the first answer never comes.',
      outcome: () => SUCCEEDED,
      answersLate: true,
    },
    tok_late: { ...visa('0077'), behaviour: 'It succeeds after the deadline of the booking.', outcome: succeedsLate },
    tok_renewal_fails: {
      ...visa('0341'),
      behaviour: 'Saved, it pays once and is declined after that.',
      outcome: ({ earlierCharges }) => (earlierCharges === 0 ? SUCCEEDED : declined('card_declined')),
    },
  }),
);

function succeedsLate({ now, deadline, lateByMs }: ChargeContext): ChargeOutcome {
  const from = Math.max(now.getTime(), deadline?.getTime() ?? 0);
  return { status: 'processing', succeedsAt: new Date(from + lateByMs) };
}

/** The tokens of all test cards, with what happens to a payment. */
export const TEST_CARDS: readonly { readonly token: string; readonly behaviour: string }[] = [...CARDS].map(
  ([token, { behaviour }]) => ({ token, behaviour }),
);

/** Between a test card's token and the name of a card like it. */
const NAMED = '__';

/** A test card, or one like it: `tok_visa__anna` is another card that behaves as `tok_visa` does. */
const testCard = (token: string): TestCard | undefined => CARDS.get(token.split(NAMED)[0] ?? '');

/**
 * The same for every charge of one card. The test cards have none: everybody uses them, and a merchant who looks for one
 * card of many customers would find nothing else.
 */
export function fingerprintOf(token: string): string | null {
  if (!token.includes(NAMED) || !testCard(token)) return null;
  return createHash('sha256').update(token).digest('base64url').slice(0, 16);
}

/** The card of a token; null for an unknown token. */
export function cardOf(token: string): Card | null {
  const card = testCard(token);
  if (!card) return null;
  const { brand, last4, expiryMonth, expiryYear } = card;
  return { brand, last4, expiryMonth, expiryYear };
}

/** The outcome of charging a token's card; an unknown token is declined as `invalid_card`. */
export function outcomeOf(token: string, context: ChargeContext): ChargeOutcome {
  return testCard(token)?.outcome(context) ?? declined('invalid_card');
}

/** Whether the first response to a charge of the card is withheld. */
export function answersLate(token: string): boolean {
  return testCard(token)?.answersLate ?? false;
}
