import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-booking';
import { newId, type UserCaller } from '@marquee/subgraph';
import { testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { type Answer, book, hold, holdBest } from './operations.ts';
import { bookingStage, customer, scheduledShow, type Stage } from './stage.ts';

type TestShow = Awaited<ReturnType<typeof scheduledShow>>;

const CUSTOMERS = 50;
const SEATS = 10;

/** Each of 50 customers wants one of ten seats, all at once, books it and pays. */
async function sell(
  stage: Stage,
  choose: (stage: Stage, show: TestShow, n: number) => Promise<{ who: UserCaller; held: Answer }>,
) {
  const show = await scheduledShow(stage, SEATS / 2);
  const buy = async (n: number): Promise<boolean> => {
    const { who, held } = await choose(stage, show, n);
    if (held.__typename !== 'HoldSeatsPayload') return false;
    const booked = await book(stage.booking, who, held.hold.id);
    if (booked.__typename !== 'CreateBookingPayload') return false;
    await stage.tell('payment.succeeded', {
      paymentId: newId('pay'),
      bookingId: booked.booking.id,
      customerId: who.userId,
      amount: booked.booking.price.total,
      purpose: 'BOOKING',
      method: 'CARD',
    });
    return true;
  };
  const bought = await Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => buy(n)));
  const tickets = await stage.database.ticket.findMany({ where: { showId: show.showId } });
  return { bought: bought.filter(Boolean).length, seats: tickets.map(({ seatId }) => seatId) };
}

const oneSeat = async (stage: Stage, show: TestShow, n: number) => {
  const who = customer();
  const seat = show.seat(n % 2 === 0 ? 'A' : 'B', 1 + (Math.floor(n / 2) % (SEATS / 2)));
  return { who, held: await hold(stage.booking, who, show.showId, [seat]) };
};

const anySeat = async (stage: Stage, show: TestShow) => {
  const who = customer();
  return { who, held: await holdBest(stage.booking, who, show.showId, 1) };
};

test('when 50 customers race for 10 seats, exactly 10 are sold and no seat twice', async () => {
  const { bought, seats } = await sell(await bookingStage(), oneSeat);
  expect(bought).toBe(SEATS);
  expect(new Set(seats).size).toBe(SEATS);
  expect(seats).toHaveLength(SEATS);
});

test('when 50 customers race for the best of 10 seats, exactly 10 are sold and no seat twice', async () => {
  const { seats } = await sell(await bookingStage(), anySeat);
  expect(seats).toHaveLength(SEATS);
  expect(new Set(seats).size).toBe(SEATS);
});

test('when one customer asks for the best seats many times at once, no hold takes the seats of another', async () => {
  const stage = await bookingStage();
  const { showId } = await scheduledShow(stage, SEATS / 2);
  const who = customer();
  const answers = await Promise.all(Array.from({ length: SEATS / 2 }, () => holdBest(stage.booking, who, showId, 2)));
  const held = answers.flatMap(({ hold: made }) => made?.seats.map(({ id }) => id) ?? []);
  expect(new Set(held).size).toBe(held.length);
  expect(await stage.database.seatHold.count({ where: { showId, status: 'RELEASED' } })).toBe(0);
});

test('control: without the unique indexes over show and seat the same race oversells', async () => {
  const { url } = await testDatabase('booking');
  const database = connect(PrismaClient, { url });
  await database.$executeRaw`DROP INDEX tickets_one_live_a_seat`;
  // ON CONFLICT must find an index over show and seat: it stays, over seats that never repeat, and so guards nothing.
  await database.$executeRaw`CREATE FUNCTION make_unique() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.seat_id := NEW.seat_id || gen_random_uuid(); RETURN NEW; END $$`;
  await database.$executeRaw`CREATE TRIGGER make_unique BEFORE INSERT ON seat_claims
    FOR EACH ROW EXECUTE FUNCTION make_unique()`;
  await database.$disconnect();
  const { seats } = await sell(await bookingStage({}, url), oneSeat);
  expect(seats.length).toBeGreaterThan(SEATS);
});
