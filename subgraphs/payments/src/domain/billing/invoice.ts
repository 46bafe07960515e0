import { allocate, type Money, sumOf } from '@marquee/money';

/** A line of an invoice, tax included; negative where it is credited. In minor units of the invoice's currency. */
export interface InvoiceLine {
  readonly description: string;
  readonly amount: number;
}

/** A period on an invoice, by the clocks of a time zone, such as `29 Nov 2026 to 29 Dec 2026`. */
export function periodText(from: Date, to: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium' });
  return `${day.format(from)} to ${day.format(to)}`;
}

/** An issued invoice or credit note. It never changes. */
export interface Invoice {
  readonly id: string;
  /** Without gaps in its country, such as `NL-000042`. */
  readonly number: string;
  readonly customerId: string;
  readonly country: string;
  readonly lines: readonly InvoiceLine[];
  /** Tax included; negative for a credit note. */
  readonly total: Money;
  readonly tax: Money;
  /** The invoice that a credit note corrects; null for an invoice. */
  readonly correctsId: string | null;
  /** Whether a credit note corrects it. */
  readonly credited: boolean;
  readonly issuedAt: Date;
}

/** An invoice to issue. Its country's series gives its number. */
export interface NewInvoice extends Omit<Invoice, 'number' | 'credited'> {
  readonly chargeId: string;
  /** The refund that a credit note is for; null for an invoice. */
  readonly refundId: string | null;
}

interface ChargedLines {
  readonly lines: readonly InvoiceLine[];
  /** The amount charged, in minor units. */
  readonly total: number;
}

/** The lines of a paid charge, with what credit changes, so that they add up to what was charged. */
export function invoiceLines({ lines, total }: ChargedLines): InvoiceLine[] {
  const difference = total - sumOf(lines.map(({ amount }) => amount));
  if (difference === 0) return [...lines];
  const description = difference < 0 ? 'Paid from credit' : 'Kept as credit';
  return [...lines, { description, amount: difference }];
}

/** The tax in an amount that includes it. @param percent with at most four decimals */
export function taxIn(amount: number, percent: number): number {
  const [, tax = 0] = allocate(amount, [1_000_000, Math.round(percent * 10_000)]);
  return tax;
}

/** The number of a country's nth invoice. */
export function invoiceNumber(country: string, sequence: number): string {
  return `${country}-${String(sequence).padStart(6, '0')}`;
}
