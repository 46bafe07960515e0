import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type GraphQLSchema, print } from 'graphql';
import { LRUCache } from 'lru-cache';

import type { AuthorizationOutcome } from '../authorization/authorization-outcome.ts';
import type { DeferredFields } from '../operation/collect-fields.ts';
import { type CoercedVariables, findConditions } from '../operation/condition.ts';
import type { Operation } from '../operation/operation.ts';
import { compileDelivery, type DeliveryPlan } from './deferred-plan.ts';
import { selectedPath } from './errors/selected-path.ts';
import { dataKeysOf, type ReservedNames } from './plan/data-keys.ts';
import { compileReceive, type Receive } from './fetch/root-fetch.ts';
import type { FetchEnvironment } from './fetch/fetch-environment.ts';
import type { PlannedDefer } from './plan/deferred-document.ts';
import type { PlanOperation } from './plan/plan-request.ts';
import { type Planning, planningDocument, type PlanningDocument } from './plan/planning-document.ts';
import type { Asker } from '../request/asker.ts';
import { responseWriter } from './write/response-writer.ts';
import { type VariableNames, variableNames } from './plan/variable-names.ts';
import type { WriteObject } from './write/value-writer.ts';

/** Decides what a request gets: the values of the conditions, and whether `@defer` is obeyed. */
export interface VariantChoice {
  readonly values: CoercedVariables;
  readonly deferredFields: DeferredFields;
}

/** An operation compiled for one combination of conditions and override labels. */
export interface Variant extends VariantChoice, DeliveryPlan {
  readonly plan: QueryPlan;
  /** Where its deferred fragments are planned. */
  readonly deferred: readonly PlannedDefer[];
  readonly write: WriteObject;
  /** Merges an event of a subscription into the run. */
  readonly receive: Receive | undefined;
}

export interface VariantEnvironment extends Omit<
  FetchEnvironment,
  'responseKeyOf' | 'selectedPath' | 'clientVariable' | 'sharesEntities'
> {
  readonly schema: GraphQLSchema;
  readonly plan: PlanOperation;
  readonly reserved: ReservedNames;
}

/** Each condition and each override label can double the variants; evicted ones are compiled again. */
const MAX_VARIANTS = 64;

const NO_OVERRIDES: ReadonlyMap<string, boolean> = new Map();

/** The variants of an operation for one authorisation outcome. */
export class Variants {
  /** The variables of `@skip`, `@include` and `@defer`. */
  readonly conditions: readonly string[];
  readonly #environment: VariantEnvironment;
  readonly #planning: Planning;
  readonly #fetches: FetchEnvironment;
  readonly #names: VariableNames;
  readonly #variants = new LRUCache<string, Variant>({ max: MAX_VARIANTS });
  /** Variants that are being planned. */
  readonly #pending = new Map<string, Promise<Variant>>();
  /** The variant of an operation without conditions and overrides; saves the cache look-up. */
  #only: Variant | undefined;

  constructor(environment: VariantEnvironment, operation: Operation, outcome: AuthorizationOutcome) {
    const keys = dataKeysOf(operation.document, environment.reserved);
    const { any: isConditional, variables } = findConditions([operation.definition, ...operation.fragments.values()]);
    this.conditions = variables;
    this.#environment = environment;
    this.#planning = { schema: environment.schema, operation, decision: outcome.withheld, keys, isConditional };
    this.#names = variableNames(operation.definition);
    this.#fetches = {
      ...environment,
      responseKeyOf: keys.responseKeyOf,
      selectedPath: (path) => selectedPath(operation, path),
      clientVariable: this.#names.clientName,
      sharesEntities: operation.definition.operation !== 'mutation',
    };
  }

  /** Returns a promise only when the variant is not compiled yet. */
  get(
    values: CoercedVariables,
    overrides: ReadonlyMap<string, boolean> = NO_OVERRIDES,
    deferredFields: DeferredFields = 'ignore-defer',
    asker?: Asker,
  ): Variant | Promise<Variant> {
    const isWhole = deferredFields === 'ignore-defer';
    if (this.#only !== undefined && overrides.size === 0 && isWhole) return this.#only;
    const key = `${deferredFields} ${keyOf(this.conditions, values, overrides)}`;
    const known = this.#variants.get(key) ?? this.#pending.get(key);
    if (known !== undefined) return known;
    // Only the conditions: a cached variant must not retain a request's variables.
    const decided = Object.fromEntries(this.conditions.map((variable) => [variable, isMet(values, variable)]));
    const fresh = this.#compile({ values: decided, deferredFields }, overrides, asker)
      .then((variant) => {
        this.#variants.set(key, variant);
        if (this.conditions.length === 0 && overrides.size === 0 && isWhole) this.#only = variant;
        return variant;
      })
      .finally(() => this.#pending.delete(key));
    this.#pending.set(key, fresh);
    return fresh;
  }

  /** One variant, or two: with all conditions true, and with all false. */
  extremes(asker?: Asker): Promise<readonly Variant[]> {
    const choices = this.conditions.length === 0 ? [true] : [true, false];
    return Promise.all(
      choices.map((value) =>
        this.get(Object.fromEntries(this.conditions.map((name) => [name, value])), NO_OVERRIDES, 'ignore-defer', asker),
      ),
    );
  }

  /** The writer of a whole response, which needs no plan. */
  writer(values: CoercedVariables): WriteObject {
    return this.#only?.write ?? this.#writer(values, 'ignore-defer');
  }

  /** The client's name for a variable of a plan. */
  clientVariable(planned: string): string {
    return this.#names.clientName(planned);
  }

  /** The choices of all compiled variants. */
  choices(): readonly VariantChoice[] {
    return [...this.#variants.values()].map(({ values, deferredFields }) => ({ values, deferredFields }));
  }

  async #compile(
    choice: VariantChoice,
    overrides: ReadonlyMap<string, boolean>,
    asker: Asker | undefined,
  ): Promise<Variant> {
    const { values, deferredFields } = choice;
    const document = planningDocument(this.#planning, values, deferredFields !== 'ignore-defer');
    const plan = await this.#plan(document, overrides, asker);
    const { node } = plan;
    return {
      ...choice,
      ...this.#delivery(node),
      plan,
      deferred: document.deferred,
      write: this.#writer(values, deferredFields),
      receive: node?.kind === 'Subscription' ? compileReceive(node.primary, [], this.#fetches) : undefined,
    };
  }

  #writer(values: CoercedVariables, deferredFields: DeferredFields): WriteObject {
    const { schema, operation, decision, keys } = this.#planning;
    const source = { schema, operation, isDenied: decision.isDenied, dataKeyOf: keys.of };
    return responseWriter(source, values, deferredFields);
  }

  #delivery(node: QueryPlan['node']): DeliveryPlan {
    return compileDelivery(node?.kind === 'Subscription' ? node.rest : (node as PlanNode | undefined), this.#fetches);
  }

  async #plan(
    { deferred, document }: PlanningDocument,
    overrides: ReadonlyMap<string, boolean>,
    asker: Asker | undefined,
  ): Promise<QueryPlan> {
    if (document === undefined) return { kind: 'QueryPlan' };
    const text = print(this.#names.rename(document));
    const labels = deferred.map(({ label }) => label);
    return this.#environment.plan({ document: text, labels, overrides: [...overrides] }, asker);
  }
}

function keyOf(
  conditions: readonly string[],
  values: CoercedVariables,
  overrides: ReadonlyMap<string, boolean>,
): string {
  const decided = conditions.map((variable) => (isMet(values, variable) ? '1' : '0'));
  return [...decided, '|', ...[...overrides.values()].map((isOn) => (isOn ? '1' : '0'))].join('');
}

/** Only the condition of a `@defer` may be undecided, and it is true by default. */
function isMet(values: CoercedVariables, variable: string): boolean {
  return values[variable] !== false;
}
