import { honest } from './actor.ts';
import type { Show } from './marketplace.ts';
import type { Person } from './population.ts';
import type { Order } from './purchase.ts';
import { type Random, sumsOf } from './random.ts';
import { type Plan, type Scene, track } from './scene.ts';
import type { Sessions } from './sessions.ts';

const SECOND_MS = 1000;
const PARTIES = sumsOf([10, 45, 10, 35]);
const HESITATION = 0.08;

/** Honest people who come in the minutes when the sale of a show in high demand opens: fast, many, and mostly in vain. */
export function planCrowds(scene: Scene, sessions: Sessions, people: readonly Person[], share: number): Plan[] {
  const random = scene.random.fork('crowds');
  const openings = scene.marketplace.shows.filter(
    ({ highDemand, salesOpenAt }) => highDemand && salesOpenAt >= scene.from && salesOpenAt < scene.until,
  );
  return openings.flatMap((show) =>
    people
      .filter(({ city, registersAt }) => city.code === show.cityCode && registersAt === null && random.chance(share))
      .map((person) => planOne({ scene, sessions, random, person, show })),
  );
}

interface Fan {
  readonly scene: Scene;
  readonly sessions: Sessions;
  readonly random: Random;
  readonly person: Person;
  readonly show: Show;
}

function planOne({ scene, sessions, random, person, show }: Fan): Plan {
  const { userId, visitorId, city, card, hesitation } = person;
  const actor = honest(person.actor.id, 'CROWD');
  const sender = { userId, visitorId, network: random.pick(person.networks), device: random.pick(person.devices) };
  // Some wait for the moment, most come in the minutes after it.
  const delay = random.chance(0.3) ? random.around(3, 0.5) : random.around(150, 1);
  const at = show.salesOpenAt + delay * SECOND_MS;
  const title = scene.marketplace.titles.find(({ id }) => id === show.titleId);
  const about = { showId: show.id, ...(title && { title }) };
  const order: Order = {
    ...{ actor, sender, city, customerId: userId, show, card, declineRate: 0.05 },
    ...{ seats: random.weighted(PARTIES) + 1, seconds: random.around(45, 0.5) },
  };
  const run = (): void => {
    track(scene, order, 'show_view', at, about);
    let tryAt = at + random.around(4, 0.5) * SECOND_MS;
    // Whoever finds no seats looks again.
    for (let tries = 1 + random.poisson(1.2); tries > 0; tries--) {
      track(scene, order, 'seat_map_view', tryAt, about);
      const holdAt = tryAt + random.around(14, 0.5) * SECOND_MS;
      if (sessions.purchase(order, holdAt, Math.max(HESITATION, hesitation / 2))) return;
      tryAt = holdAt + random.around(20, 0.8) * SECOND_MS;
    }
  };
  return { at, run };
}
