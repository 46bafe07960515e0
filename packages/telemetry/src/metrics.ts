import {
  collectDefaultMetrics,
  Counter,
  type CounterConfiguration,
  Gauge,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

export type { Counter, Histogram, Registry };

/** Longer than this nobody waits for a number when metrics are asked for, ms. */
const READ_WITHIN_MS = 1_000;

/** A registry that tells of the process: processor, memory, garbage collection, delay of the event loop. */
export function processRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** The registry's counter of that name, made when it has none: the parts of one process share a registry. */
export function counterIn<L extends string>(registry: Registry, config: CounterConfiguration<L>): Counter<L> {
  const known = registry.getSingleMetric(config.name);
  return known ? (known as Counter<L>) : new Counter({ ...config, registers: [registry] });
}

/** The registry's histogram of that name, made when it has none. */
export function histogramIn<L extends string>(registry: Registry, config: HistogramConfiguration<L>): Histogram<L> {
  const known = registry.getSingleMetric(config.name);
  return known ? (known as Histogram<L>) : new Histogram({ ...config, registers: [registry] });
}

/** A number that is read when metrics are asked for. */
export interface Observed {
  readonly name: string;
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** A number that cannot be read within a second is left out. */
  readonly read: () => number | Promise<number>;
}

const observed = new WeakMap<Registry, Map<string, Set<Observed>>>();

/** Publishes a number under a name that may have others, with other labels. @returns what ends that */
export function observe(registry: Registry, number: Observed): () => void {
  const byName = observed.get(registry) ?? new Map<string, Set<Observed>>();
  observed.set(registry, byName);
  const numbers = byName.get(number.name) ?? registerGauge(registry, number);
  byName.set(number.name, numbers);
  numbers.add(number);
  return () => void numbers.delete(number);
}

function registerGauge(registry: Registry, { name, help, labels = {} }: Observed): Set<Observed> {
  const numbers = new Set<Observed>();
  const collect = async (): Promise<void> => {
    const read = await Promise.all([...numbers].map(async (number) => [number, await readInTime(number)] as const));
    gauge.reset();
    if (Object.keys(labels).length === 0) gauge.remove();
    for (const [{ labels: own = {} }, value] of read) if (value !== undefined) gauge.set({ ...own }, value);
  };
  const gauge: Gauge = new Gauge({ name, help, labelNames: Object.keys(labels), registers: [registry], collect });
  return numbers;
}

async function readInTime({ read }: Observed): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), READ_WITHIN_MS);
  });
  try {
    return await Promise.race([read(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
