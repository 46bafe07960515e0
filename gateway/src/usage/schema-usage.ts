import { commandConnection } from '@marquee/redis';
import { type OperationUsage, operationUsage, redisUsageWriter, UsageRecorder } from '@marquee/schema-usage';
import type { Log } from '@marquee/telemetry';
import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Redis } from 'ioredis';
import type { Engine, Generation } from '../engine/api.ts';
import type { ParsedOperation } from '../operation/operation-request.ts';
import type { Client } from '../request/client.ts';
import type { GatewayMetrics } from '../telemetry/metrics.ts';
import type { UsageSettings } from './settings.ts';

export interface SchemaUsageOptions {
  readonly engine: Engine;
  readonly settings: UsageSettings;
  readonly knownClients: readonly string[];
  /** Duplicated for writes. */
  readonly redis: Redis;
  readonly namespace: string;
  readonly metrics: GatewayMetrics;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
}

/** Records the schema coordinates that each client uses. Failures never affect a request. */
export class SchemaUsage {
  readonly #engine: Engine;
  readonly #recorder: UsageRecorder;
  readonly #redis: Redis;
  readonly #log: Log;
  #generation: Generation | undefined;
  /** Usage of the current generation's operations; null for pure introspection. */
  #known = new WeakMap<OperationDefinitionNode, OperationUsage | null>();

  constructor(options: SchemaUsageOptions) {
    const { engine, settings, redis, namespace, metrics, log } = options;
    this.#engine = engine;
    this.#log = log;
    // A separate connection that fails immediately while Redis is down: the recorder keeps unwritten counts, so no
    // queue of commands is needed.
    this.#redis = commandConnection(redis);
    this.#recorder = new UsageRecorder({
      ...options,
      writer: redisUsageWriter({ redis: this.#redis, namespace, retentionDays: settings.retentionDays }),
      onFailure: (err) => {
        metrics.usageFailures.inc();
        log.warn({ err }, 'schema usage could not be written; it is tried again');
      },
      onOther: () => metrics.usageUnnamed.inc(),
    });
  }

  /** Counts one execution. A subscription counts once, not once for each event. */
  record({ document, operationName, variables }: ParsedOperation, { name, version }: Client): void {
    const definition = getOperationAST(document, operationName);
    const usage = definition && this.#usageOf(definition, document);
    if (!usage) return;
    const request = this.#recorder.count(usage, name, version);
    if (request !== undefined) usage.inVariables?.(variables, request);
  }

  /** Writes the remaining counts if Redis answers in time. */
  async stop(): Promise<void> {
    const lost = await this.#recorder.stop();
    this.#redis.disconnect();
    if (lost > 0) this.#log.warn({ counters: lost }, 'schema usage was lost because Redis is down');
  }

  #usageOf(definition: OperationDefinitionNode, document: DocumentNode): OperationUsage | null {
    const generation = this.#engine.current();
    if (generation !== this.#generation) {
      this.#generation = generation;
      this.#known = new WeakMap();
    }
    let usage = this.#known.get(definition);
    if (usage === undefined) {
      const found = operationUsage(generation.schema, document, definition.name?.value ?? null);
      usage = found && found.coordinates.length > 0 ? found : null;
      this.#known.set(definition, usage);
    }
    return usage;
  }
}
