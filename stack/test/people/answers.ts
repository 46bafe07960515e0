import { expect } from 'vitest';

import { type Attempt, type Row, variablesOf } from './row.ts';
import { outcomeOf, type Registered, registered, type Variables, type Who, type World } from './world.ts';

/** Sends an operation as each of its row's callers, and expects what the row says. */
export async function expectAnswers(world: World, name: string, row: Row): Promise<void> {
  const attempts = [row.bad, row.mayNot, row.may].filter((each) => each !== null);
  const outcomes: string[] = [];
  let served: object = {};
  for (const each of attempts) {
    const [outcome, data] = await attempt(world, name, row, each);
    outcomes.push(outcome);
    served = data;
  }
  expect(outcomes).toEqual(attempts.map(({ gives }) => gives));
  await row.keep?.(served as never, world);
}

/** Sends an operation as somebody. @returns what the answer is, and its data */
async function attempt(world: World, name: string, row: Row, { as, ...rest }: Attempt): Promise<[string, object]> {
  const operation = registered(name);
  const variables = await variablesOf(row, { as, ...rest }, world);
  if (operation.isSubscription) return [await follow(world, operation, row, as, variables), {}];
  const answer = world.send(as, name, variables);
  return [await outcomeOf(answer), await answer.catch(() => ({}))];
}

/** Events that are brought about before one must have arrived: the first may come before the subscription is live. */
const CAUSES = 10;

/** Waits for an event of a subscription, which its row brings about for who may follow it. */
async function follow(world: World, operation: Registered, row: Row, as: Who, variables: Variables): Promise<string> {
  const stream = world.client(as).subscribe(operation, variables);
  const arrived = (timeoutMs?: number): Promise<boolean> =>
    stream
      .next('an event', () => true, timeoutMs)
      .then(
        () => true,
        () => false,
      );
  if (as !== row.may?.as) return (await arrived()) ? 'OK' : 'refused';
  for (let caused = 0; caused < CAUSES; caused += 1) {
    await row.cause?.(world);
    if (await arrived(1_000)) return 'OK';
  }
  return 'refused';
}
