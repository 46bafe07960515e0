import { minorUnits, toMoney } from '@marquee/money';
import type { Mandate as MandateRow, MandateCharge as ChargeRow, Prisma } from '@marquee/prisma-payments';

import type { MandateCharge } from '../../domain/billing/charge.ts';
import type { InvoiceLine } from '../../domain/billing/invoice.ts';
import type { Mandate, NewMandate } from '../../domain/billing/mandate.ts';
import type { MandateChange } from '../../domain/billing/renewal.ts';

export function toMandate(row: MandateRow): Mandate {
  const { amount, currency, anchor, interval, timeZone, credit, ...rest } = row;
  return {
    ...rest,
    price: toMoney(amount, currency),
    schedule: { anchor, interval, timeZone },
    credit: minorUnits(credit),
  };
}

/** The columns of a mandate to create. */
export function mandateColumns({ price, schedule, ...rest }: NewMandate): Prisma.MandateUncheckedCreateInput {
  return { ...rest, ...price, ...schedule };
}

/** The columns that a change sets. */
export function changedColumns({ price, schedule, ...rest }: MandateChange): Prisma.MandateUncheckedUpdateInput {
  return { ...rest, ...price, ...schedule };
}

export function toCharge({ creditUsed, creditLeft, total, lines, ...rest }: ChargeRow): MandateCharge {
  return {
    ...rest,
    lines: lines as unknown as InvoiceLine[],
    creditUsed: minorUnits(creditUsed),
    creditLeft: minorUnits(creditLeft),
    total: minorUnits(total),
  };
}
