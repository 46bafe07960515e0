import {
  DEFAULT_PLANNING,
  type Planning,
  PlannerThreads,
  type SupergraphPlanner,
  UNLIMITED_PLANNING,
} from '@marquee/gateway';

/** A busy machine is slow, and a test that fails for it says nothing. */
const PATIENT = { waitMs: 60_000, jobMs: 60_000 };

const threads = new PlannerThreads({ settings: { ...DEFAULT_PLANNING, ...UNLIMITED_PLANNING, ...PATIENT } });
const planners = new Map<string, Promise<SupergraphPlanner>>();

/**
 * One thread for all gateways of a test process, and one planner for each of their supergraphs. Gateways plan their
 * registered operations when they start: a plan is made once for all that have the same.
 */
export const testPlanning: Planning = {
  open: (sdl) => remembered(planners, sdl, () => openPlanner(sdl)),
  stop: () => threads.stop(),
};

type Plan = SupergraphPlanner['plan'];
type PlanRequest = Parameters<Plan>[0];

async function openPlanner(sdl: string): Promise<SupergraphPlanner> {
  const planner = await threads.open(sdl);
  const plan = onceForOwn<PlanRequest, string>(async (...given) => JSON.stringify(await planner.plan(...given)));
  return {
    validate: onceForOwn(planner.validate),
    // A copy for each gateway, as from a thread of its own.
    plan: async (...given) => JSON.parse(await plan(...given)) as Awaited<ReturnType<Plan>>,
    close: () => {},
  };
}

type Work<Input, Output> = (input: Input, asker: Parameters<Plan>[1]) => Promise<Output>;

/** Remembers the work that gateways do for themselves. */
function onceForOwn<Input, Output>(work: Work<Input, Output>): Work<Input, Output> {
  const done = new Map<string, Promise<Output>>();
  return (input, asker) => {
    if (asker !== undefined) return work(input, asker);
    return remembered(done, JSON.stringify(input), () => work(input, asker));
  };
}

/** Work that fails is done again by the next who asks. */
function remembered<Output>(done: Map<string, Promise<Output>>, key: string, work: () => Promise<Output>) {
  const known = done.get(key) ?? work();
  done.set(key, known);
  known.catch(() => done.delete(key));
  return known;
}
