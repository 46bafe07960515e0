import { withConnection } from '@marquee/database';

/** The seeded customers that a newcomer signs in as. */
export const DEMO_CUSTOMERS = ['customer', 'customer2'] as const;

/** The seeded accounts that buy the other seats: enough that none needs more seats of a show than a customer may have. */
export const AUDIENCE: readonly string[] = Array.from({ length: 13 }, (_, index) => `audience${index + 1}`);

/** Who owns the venues whose shows are cancelled. */
export const PARTNER = 'partner';

export function emailOf(account: string): string {
  return `${account}@marquee.test`;
}

/** The accounts of both kinds that have never booked. @param bookingUrl booking's database */
export async function withoutBookings(bookingUrl: string): Promise<Set<string>> {
  const accounts = [...DEMO_CUSTOMERS, ...AUDIENCE];
  const { rows } = await withConnection(bookingUrl, (connection) =>
    connection.query<{ account: string }>(
      `SELECT account FROM unnest($1::text[]) AS account
       WHERE NOT EXISTS (SELECT FROM bookings WHERE customer_id = 'usr_seed_' || account)`,
      [accounts],
    ),
  );
  return new Set(rows.map(({ account }) => account));
}
