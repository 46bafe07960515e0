import { createHash } from 'node:crypto';
import { CodedError, maskError, rateLimited } from '@marquee/errors';
import { FairQueue } from '@marquee/fair-queue';
import { LRUCache } from 'lru-cache';
import type { QueryPlan } from '@apollo/query-planner';
import { RequestRejectedError } from '../operation/operation-request.ts';
import type { Asker } from '../request/asker.ts';
import type { Planning, PlanningKind, PlanningOutcome, SupergraphPlanner } from './api.ts';
import type { Work } from './messages.ts';
import { PlannerStuckError, PlannerThread } from './planner-thread.ts';
import { PlanningBudget, sourceOf } from './planning-budget.ts';
import type { PlanningSettings } from './settings.ts';

export interface PlannerThreadsOptions {
  readonly settings: PlanningSettings;
  readonly now?: () => number;
  /** Called for each piece of work with its duration, waiting included. */
  readonly onDone?: (kind: PlanningKind, outcome: PlanningOutcome, seconds: number) => void;
  /** The program of a thread, in tests. */
  readonly program?: URL;
}

/** Operations that are remembered because they blocked a thread. */
const MAX_REFUSED = 1_000;
const RETRY_AFTER_SECONDS = 2;

/**
 * Threads that validate and plan operations, with a bounded queue in which networks take turns, a time limit for each
 * operation, and a budget of new plans for each caller and network.
 */
export class PlannerThreads implements Planning {
  readonly #options: PlannerThreadsOptions;
  readonly #threads: readonly PlannerThread[];
  readonly #idle: PlannerThread[];
  readonly #queue: FairQueue;
  readonly #budget: PlanningBudget | undefined;
  readonly #refused: LRUCache<string, true>;
  #opened = 0;
  /** Of the gateway itself, each of which has a turn. */
  #own = 0;

  constructor(options: PlannerThreadsOptions) {
    const { settings, now = Date.now, program } = options;
    this.#options = options;
    this.#threads = Array.from({ length: settings.threads }, () => new PlannerThread(settings.memoryMb, program));
    this.#idle = [...this.#threads];
    this.#queue = new FairQueue({
      workers: settings.threads,
      maxWaiting: settings.maxWaiting,
      maxWaitingPerSource: settings.maxWaitingPerNetwork,
      refusal: () => new Refusal('queue-full', BUSY),
    });
    this.#budget = settings.budget ? new PlanningBudget(settings.budget, now) : undefined;
    this.#refused = new LRUCache({ max: MAX_REFUSED, ttl: settings.refuseForMs });
  }

  /** Operations that wait for a thread. */
  get waiting(): number {
    return this.#queue.waiting;
  }

  async open(sdl: string): Promise<SupergraphPlanner> {
    const supergraph = String(++this.#opened);
    await Promise.all(this.#threads.map((thread) => thread.open(supergraph, sdl)));
    return {
      validate: async (query, asker) => void (await this.#do(supergraph, { kind: 'validate', query }, asker)),
      plan: async (request, asker) =>
        JSON.parse(await this.#do(supergraph, { kind: 'plan', request }, asker)) as QueryPlan,
      close: () => this.#threads.forEach((thread) => thread.close(supergraph)),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  async #do(supergraph: string, work: Work, asker: Asker | undefined): Promise<string> {
    const startedAt = performance.now();
    let outcome: PlanningOutcome = 'rejected';
    try {
      const result = await this.#admit(supergraph, work, asker);
      outcome = 'ok';
      return result;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcome = error.outcome;
      throw new RequestRejectedError([maskError(error.shown)]);
    } finally {
      this.#options.onDone?.(work.kind, outcome, (performance.now() - startedAt) / 1_000);
    }
  }

  async #admit(supergraph: string, work: Work, asker: Asker | undefined): Promise<string> {
    const key = createHash('sha256').update(JSON.stringify(work)).digest('base64');
    if (this.#refused.has(key)) throw new Refusal('stuck', TOO_LARGE);
    const overMs = asker && work.kind === 'plan' ? this.#budget?.spend(asker) : undefined;
    if (overMs !== undefined) throw new Refusal('over-budget', rateLimited(overMs / 1_000, OVER_BUDGET));
    try {
      return await this.#queued(supergraph, work, asker);
    } catch (error) {
      if (!(error instanceof PlannerStuckError)) throw error;
      // The operator registered it, so the machine was busy.
      if (asker === undefined) throw new Refusal('stuck', BUSY);
      this.#refused.set(key, true);
      this.#budget?.exhaust(asker);
      throw new Refusal('stuck', TOO_LARGE);
    }
  }

  /** Waits for a thread, but not longer than `waitMs`. */
  #queued(supergraph: string, work: Work, asker: Asker | undefined): Promise<string> {
    const { waitMs, jobMs } = this.#options.settings;
    const source = asker === undefined ? `own ${++this.#own}` : sourceOf(asker);
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(new Refusal('waited-too-long', BUSY));
      }, waitMs);
      const start = async (): Promise<string> => {
        clearTimeout(timer);
        return isLate ? '' : this.#run(supergraph, work, jobMs);
      };
      this.#queue.run(source, start).then(resolve, (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      });
    });
  }

  async #run(supergraph: string, work: Work, jobMs: number): Promise<string> {
    const thread = this.#idle.pop();
    if (thread === undefined) throw new Error('The queue starts no more work than there are threads');
    try {
      return await thread.run(supergraph, work, jobMs);
    } finally {
      this.#idle.push(thread);
    }
  }
}

/** Work that is not done, and the error that its client gets. */
class Refusal extends Error {
  readonly outcome: PlanningOutcome;
  readonly shown: CodedError;

  constructor(outcome: PlanningOutcome, shown: CodedError) {
    super(shown.message);
    this.outcome = outcome;
    this.shown = shown;
  }
}

const BUSY = rateLimited(RETRY_AFTER_SECONDS, 'Too many new operations arrive at once. Try again in a moment.');
const OVER_BUDGET =
  'You have sent too many new operations. Send values as variables, so that operations are known, or try again later.';
const TOO_LARGE = new CodedError('OPERATION_TOO_LARGE');
