import { badInput } from '@marquee/errors';
import { isCurrency, type Money } from '@marquee/money';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { CampaignTerms } from './campaign.ts';
import { centsPerMinorUnit, type EuroRates } from './euro-rates.ts';

type Maybe<T> = T | null | undefined;

/** The fields of a campaign as a client sends them. */
export interface CampaignFields {
  readonly name: string;
  readonly titleId: string;
  readonly headline: string;
  readonly imageUrl: string;
  readonly cityIds?: Maybe<readonly string[]>;
  readonly budget: Money;
  readonly dailyCap?: Maybe<Money>;
  readonly bidPerThousand: Money;
  readonly frequencyCapPerDay?: Maybe<number>;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly organisationId?: Maybe<string>;
  readonly timeZone?: Maybe<string>;
}

/** The settings of the marketplace for campaigns. */
export interface House {
  /** Where days begin when nobody says. */
  readonly timeZone: string;
  /** The lowest price of a thousand impressions, in euro cents. */
  readonly reserve: number;
  readonly rates: EuroRates;
}

/** In minor units of any currency. */
const MAX_AMOUNT = 100_000_000_000;
const MAX_DAYS = 366;
const MAX_FREQUENCY = 100;
const DAY_MS = 86_400_000;
const ZONE = /^(?:UTC$|(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/)/;

/** Checks the terms of a new campaign. @throws {CodedError} BAD_USER_INPUT naming the field */
export function parseTerms(fields: CampaignFields, house: House, now: Date): Omit<CampaignTerms, 'organisationId'> {
  return {
    name: text('input.name', fields.name, 100),
    titleId: idIn('input.titleId', fields.titleId),
    headline: text('input.headline', fields.headline, 120),
    imageUrl: httpsUrl('input.imageUrl', fields.imageUrl),
    cityIds: [...new Set(fields.cityIds ?? [])].map((id) => idIn('input.cityIds', id)),
    ...amountsOf(fields, house),
    frequencyCap: frequencyOf(fields.frequencyCapPerDay),
    timeZone: zoneOf(fields.timeZone ?? house.timeZone),
    ...windowOf(fields, now),
  };
}

function amountsOf({ budget, dailyCap = null, bidPerThousand }: CampaignFields, { reserve, rates }: House) {
  const { currency } = bidPerThousand;
  const cents = isCurrency(currency) ? centsPerMinorUnit(currency, rates) : null;
  if (cents === null) {
    throw badInput('input.bidPerThousand.currency', `Bid in one of ${[...rates.keys()].join(', ')}.`);
  }
  const lowest = Math.ceil(reserve / cents - 1e-6);
  amount('input.bidPerThousand', bidPerThousand, lowest);
  inCurrency('input.budget', budget, currency);
  // One impression costs at most a thousandth of the bid.
  const onePays = Math.ceil(bidPerThousand.amount / 1_000);
  amount('input.budget', budget, onePays);
  if (dailyCap !== null) {
    inCurrency('input.dailyCap', dailyCap, currency);
    amount('input.dailyCap', dailyCap, onePays, budget.amount);
  }
  return { budget, dailyCap, bidPerThousand };
}

function amount(field: string, { amount: given }: Money, least: number, most = MAX_AMOUNT): void {
  if (given < least || given > most) throw badInput(`${field}.amount`, `Enter an amount of ${least} to ${most}.`);
}

function inCurrency(field: string, { currency: given }: Money, currency: string): void {
  if (given !== currency) throw badInput(`${field}.currency`, `Enter the currency of the bid, ${currency}.`);
}

function frequencyOf(given: Maybe<number>): number | null {
  if (given === null || given === undefined) return null;
  if (given >= 1 && given <= MAX_FREQUENCY) return given;
  throw badInput('input.frequencyCapPerDay', `Enter a number from 1 to ${MAX_FREQUENCY}.`);
}

function windowOf({ startsAt, endsAt }: CampaignFields, now: Date) {
  if (endsAt <= startsAt) throw badInput('input.endsAt', 'Choose an end after the start.');
  if (endsAt <= now) throw badInput('input.endsAt', 'Choose an end that is still to come.');
  if (endsAt.getTime() - startsAt.getTime() > MAX_DAYS * DAY_MS) {
    throw badInput('input.endsAt', `Choose an end at most ${MAX_DAYS} days after the start.`);
  }
  return { startsAt, endsAt };
}

function text(field: string, given: string, max: number): string {
  const trimmed = given.trim();
  if (trimmed === '' || trimmed.length > max) throw badInput(field, `Enter 1 to ${max} characters.`);
  if (/[\p{Cc}\p{Cs}]/u.test(trimmed)) throw badInput(field, 'Remove the characters that cannot be displayed.');
  return trimmed;
}

function httpsUrl(field: string, given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url.href;
  throw badInput(field, 'Enter the address of a picture that begins with https.');
}

function idIn(field: string, id: string): string {
  if (isPossibleId(id)) return id;
  throw badInput(field, 'Enter an id as the catalogue has it.');
}

function zoneOf(name: string): string {
  if (isTimeZone(name)) return name;
  throw badInput('input.timeZone', 'Enter an IANA time zone, such as Europe/London.');
}

/**
 * Whether it is an IANA time zone, by its place. This process knows others, such as `AET`, which the database refuses in
 * every statement that reads the campaign beside others.
 */
export function isTimeZone(name: string): boolean {
  if (!ZONE.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
