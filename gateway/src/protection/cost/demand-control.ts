import { CodedError } from '@marquee/errors';
import { getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Engine, Generation } from '../../engine/api.ts';
import type { ParsedOperation, Variables } from '../../operation/operation-request.ts';
import type { OperationCheck } from '../checks.ts';
import { actualCost } from './actual.ts';
import { type CostModel, costModelIn } from './cost-model.ts';
import { compileEstimate, type CostDefaults } from './estimate.ts';

export interface CostSettings extends CostDefaults {
  /** Maximum estimated cost. */
  readonly max: number;
  /** Estimated cost that charges one point more to the rate limits. */
  readonly perPoint: number;
  /** Share of responses, in [0, 1], whose actual cost is recorded in the metrics. */
  readonly sampleRate: number;
}

export const DEFAULT_COST: CostSettings = {
  max: 10_000,
  perPoint: 1_000,
  listSize: 20,
  mutationField: 10,
  sampleRate: 0.01,
};

/** `extensions.cost` of a response. */
export interface CostReport {
  readonly estimated: number;
  readonly actual: number;
  readonly max: number;
}

export interface DemandControlOptions {
  readonly engine: Engine;
  readonly settings: CostSettings;
  readonly observe: (kind: 'estimated' | 'actual', cost: number) => void;
  readonly random: () => number;
}

/** Compiled estimates of one supergraph. */
interface Estimates {
  readonly model: CostModel;
  readonly compiled: WeakMap<OperationDefinitionNode, (variables: Variables) => number>;
}

/** Limits the estimated cost of operations, by `@cost` and `@listSize`. */
export class DemandControl {
  readonly settings: CostSettings;
  readonly #engine: Engine;
  readonly #generations = new WeakMap<Generation, Estimates>();
  readonly #observe: (kind: 'estimated' | 'actual', cost: number) => void;
  readonly #random: () => number;
  #latest: { readonly asked?: ParsedOperation; readonly cost: number } = { cost: 0 };

  constructor({ engine, settings, observe, random }: DemandControlOptions) {
    this.#engine = engine;
    this.settings = settings;
    this.#observe = observe;
    this.#random = random;
  }

  /** @throws OPERATION_TOO_EXPENSIVE with the estimate and the limit */
  readonly check: OperationCheck = (operation) => {
    const estimated = this.estimate(operation);
    this.#observe('estimated', estimated);
    const { max } = this.settings;
    if (estimated <= max) return;
    const message = `The operation's estimated cost is ${estimated}, above ${max}. Ask for fewer items or fields.`;
    throw new CodedError('OPERATION_TOO_EXPENSIVE', message, { cost: { estimated, max } });
  };

  /** The estimated cost. The latest is kept, because two checks ask for it. */
  estimate(asked: ParsedOperation): number {
    if (this.#latest.asked !== asked) this.#latest = { asked, cost: this.#estimate(asked) };
    return this.#latest.cost;
  }

  #estimate({ document, operationName, variables }: ParsedOperation): number {
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const generation = this.#engine.current();
    const { model, compiled } = this.#estimates(generation);
    let estimate = compiled.get(operation);
    if (!estimate) {
      estimate = compileEstimate(generation.schema, model, this.settings, document, operation);
      compiled.set(operation, estimate);
    }
    return estimate(variables);
  }

  /**
   * The cost, if the client sent `{"extensions": {"cost": true}}`. The actual cost is computed for such requests and
   * for a sample of the others.
   */
  report(
    operation: ParsedOperation,
    requestExtensions: Readonly<Record<string, unknown>> | null | undefined,
    data: () => unknown,
  ): CostReport | undefined {
    const isAskedFor = requestExtensions?.['cost'] === true;
    if (!isAskedFor && this.#random() >= this.settings.sampleRate) return undefined;
    const actual = this.#actual(operation, data());
    this.#observe('actual', actual);
    return isAskedFor ? { estimated: this.estimate(operation), actual, max: this.settings.max } : undefined;
  }

  #actual({ document, operationName }: ParsedOperation, data: unknown): number {
    const operation = getOperationAST(document, operationName);
    if (!operation) return 0;
    const generation = this.#engine.current();
    const { model } = this.#estimates(generation);
    return actualCost(generation.schema, model, this.settings, document, operation, data);
  }

  #estimates(generation: Generation): Estimates {
    let estimates = this.#generations.get(generation);
    if (!estimates) {
      estimates = { model: costModelIn(generation), compiled: new WeakMap() };
      this.#generations.set(generation, estimates);
    }
    return estimates;
  }
}
