import { planAttacks } from './attackers/index.ts';
import { planCrowds } from './crowds.ts';
import type { LabelledEvent } from './events.ts';
import { type Person, populate } from './population.ts';
import { DAY_MS, momentOf, offsetMs, weekdayFactor } from './rhythm.ts';
import { openScene, type Plan, type Scene } from './scene.ts';
import { Sessions } from './sessions.ts';
import type { TrafficSettings } from './settings.ts';

const HOUR_MS = 3_600_000;

/** All that happens in the marketplace in some days, in the order of time, day by day as it is read. */
export function* simulate(settings: TrafficSettings): Generator<LabelledEvent, void> {
  const scene = openScene(settings);
  const { from, until } = scene;
  const { cities } = settings.marketplace;
  const people = populate({ people: settings.people, cities, from, until }, scene.choice, scene.random.fork('people'));
  const sessions = new Sessions(scene);
  const planned = [
    ...planCrowds(scene, sessions, people, settings.crowdShare ?? 0.25),
    ...planAttacks(scene, settings.attackers ?? []),
  ].toSorted((a, b) => a.at - b.at);
  const daily = dailySessions(scene, sessions, people, (settings.sessionsPerWeek ?? 2) / 7);
  let next = 0;
  for (let start = from; start < until; start += DAY_MS) {
    const end = Math.min(start + DAY_MS, until);
    const plans = daily(start).filter(({ at }) => at < end);
    for (let plan = planned[next]; plan && plan.at < end; plan = planned[++next]) plans.push(plan);
    yield* carryOut(plans, scene);
    yield* scene.stream.takeUntil(end);
  }
}

/** Nothing that is done later has effects earlier, so what has happened by then is given out each hour. */
function* carryOut(plans: readonly Plan[], { stream }: Scene): Generator<LabelledEvent, void> {
  let given = 0;
  for (const { at, run } of plans.toSorted((a, b) => a.at - b.at)) {
    if (at >= given + HOUR_MS) {
      yield* stream.takeUntil(at);
      given = at;
    }
    run();
  }
}

/** Plans the sessions of the 24 hours from a moment. */
function dailySessions(scene: Scene, sessions: Sessions, people: readonly Person[], mean: number) {
  const random = scene.random.fork('days');
  const offsets = new Map(scene.marketplace.cities.map(({ code, timeZone }) => [code, offsetMs(timeZone, scene.from)]));
  return (start: number): Plan[] =>
    people.flatMap((person) => {
      const { registersAt, city, activity } = person;
      if (registersAt !== null && registersAt >= start + DAY_MS) return [];
      if (registersAt !== null && registersAt >= start) return [sessions.planRegistration(person, registersAt)];
      const offset = offsets.get(city.code) ?? 0;
      return Array.from({ length: random.poisson(mean * activity * weekdayFactor(start)) }, () =>
        sessions.plan(person, momentOf(start, offset, random)),
      );
    });
}
