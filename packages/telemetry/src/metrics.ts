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

/** The time limit for a value to be read when metrics are scraped. */
const READ_TIMEOUT_MS = 1_000;

/** A registry with the default metrics of the process: CPU, memory, garbage collection, event loop lag. */
export function processRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Finds or creates a counter by its name: the subgraphs of one process share a registry. */
export function counterIn<L extends string>(registry: Registry, config: CounterConfiguration<L>): Counter<L> {
  const known = registry.getSingleMetric(config.name);
  return known ? (known as Counter<L>) : new Counter({ ...config, registers: [registry] });
}

/** Finds or creates a histogram by its name. */
export function histogramIn<L extends string>(registry: Registry, config: HistogramConfiguration<L>): Histogram<L> {
  const known = registry.getSingleMetric(config.name);
  return known ? (known as Histogram<L>) : new Histogram({ ...config, registers: [registry] });
}

/** A gauge whose value is read when metrics are scraped. */
export interface Observed {
  readonly name: string;
  readonly help: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** A value that cannot be read within a second is left out. */
  readonly read: () => number | Promise<number>;
}

const observed = new WeakMap<Registry, Map<string, Set<Observed>>>();

/** Adds a gauge; several may share a name, with different labels. @returns a function that removes it */
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
    timer = setTimeout(() => resolve(undefined), READ_TIMEOUT_MS);
  });
  try {
    return await Promise.race([read(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
