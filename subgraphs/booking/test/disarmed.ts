import { testDatabase } from '@marquee/testkit';

import { type BookingHarness, openBooking } from './harness.ts';

/**
 * Booking without what lets one of several changes of a booking count: neither its version nor the status of its tickets
 * says that it was changed. The background jobs do not run.
 */
export async function openForgetful(): Promise<BookingHarness> {
  const { url } = await testDatabase('booking');
  const harness = await openBooking({ databaseUrl: url, start: false });
  const { database } = harness;
  await database.$executeRaw`CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.version := OLD.version; NEW.status := OLD.status; RETURN NEW; END $$`;
  await database.$executeRaw`CREATE FUNCTION keep_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.status := OLD.status; RETURN NEW; END $$`;
  await database.$executeRaw`CREATE FUNCTION number_anew() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.version := 1000 + 1e9 * random(); RETURN NEW; END $$`;
  await database.$executeRaw`CREATE TRIGGER forget BEFORE UPDATE ON bookings
    FOR EACH ROW WHEN (OLD.status = 'CONFIRMED') EXECUTE FUNCTION forget()`;
  await database.$executeRaw`CREATE TRIGGER keep_ticket BEFORE UPDATE ON tickets
    FOR EACH ROW EXECUTE FUNCTION keep_ticket()`;
  await database.$executeRaw`CREATE TRIGGER number_anew BEFORE INSERT ON booking_events
    FOR EACH ROW EXECUTE FUNCTION number_anew()`;
  return harness;
}

/** Booking in which a seat that is taken can be taken again: the ids of seats in claims are made unique. */
export async function openOverselling(): Promise<BookingHarness> {
  const { url } = await testDatabase('booking');
  const harness = await openBooking({ databaseUrl: url, start: false });
  const { database } = harness;
  await database.$executeRaw`ALTER TABLE seat_counts DROP CONSTRAINT seat_counts_within_total`;
  // Bookings do not find claims under such ids, so their check of the number of claims goes too.
  await database.$executeRaw`ALTER TABLE bookings DROP CONSTRAINT bookings_all_or_none`;
  await database.$executeRaw`CREATE FUNCTION make_unique() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.seat_id := NEW.seat_id || gen_random_uuid(); RETURN NEW; END $$`;
  await database.$executeRaw`CREATE TRIGGER make_unique BEFORE INSERT ON seat_claims
    FOR EACH ROW EXECUTE FUNCTION make_unique()`;
  return harness;
}
