import type { DocumentNode } from 'graphql';
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
import type { PlanNode, PlanOperation, QueryPlan } from './plan/planner.ts';
import type { PlannableTypes } from './plan/plannable-document.ts';
import { type Planning, planningDocument, type PlanningDocument } from './plan/planning-document.ts';
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

export interface VariantEnvironment
  extends
    PlannableTypes,
    Omit<FetchEnvironment, 'responseKeyOf' | 'selectedPath' | 'clientVariable' | 'sharesEntities'> {
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
  /** The variant of an operation without conditions and overrides; saves the cache look-up. */
  #only: Variant | undefined;

  constructor(environment: VariantEnvironment, operation: Operation, outcome: AuthorizationOutcome) {
    const { schema, interfaceObjects, hoistedTo, keysOf } = environment;
    const keys = dataKeysOf(operation.document, environment.reserved);
    const { any: isConditional, variables } = findConditions([operation.definition, ...operation.fragments.values()]);
    this.conditions = variables;
    this.#environment = environment;
    this.#planning = {
      schema,
      interfaceObjects,
      hoistedTo,
      keysOf,
      operation,
      decision: outcome.withheld,
      keys,
      isConditional,
    };
    this.#names = variableNames(operation.definition);
    this.#fetches = {
      ...environment,
      responseKeyOf: keys.responseKeyOf,
      selectedPath: (path) => selectedPath(operation, path),
      clientVariable: this.#names.clientName,
      sharesEntities: operation.definition.operation !== 'mutation',
    };
  }

  get(
    values: CoercedVariables,
    overrides: ReadonlyMap<string, boolean> = NO_OVERRIDES,
    deferredFields: DeferredFields = 'ignore-defer',
  ): Variant {
    const isWhole = deferredFields === 'ignore-defer';
    if (this.#only !== undefined && overrides.size === 0 && isWhole) return this.#only;
    const key = `${deferredFields} ${keyOf(this.conditions, values, overrides)}`;
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    // Only the conditions: a cached variant must not retain a request's variables.
    const decided = Object.fromEntries(this.conditions.map((variable) => [variable, isMet(values, variable)]));
    const fresh = this.#compile({ values: decided, deferredFields }, overrides);
    this.#variants.set(key, fresh);
    if (this.conditions.length === 0 && overrides.size === 0 && isWhole) this.#only = fresh;
    return fresh;
  }

  /** Two variants: with all conditions true, and with all false. */
  extremes(): readonly Variant[] {
    if (this.conditions.length === 0) return [this.get({})];
    return [true, false].map((value) => this.get(Object.fromEntries(this.conditions.map((name) => [name, value]))));
  }

  /** The client's name for a variable of a plan. */
  clientVariable(planned: string): string {
    return this.#names.clientName(planned);
  }

  /** The choices of all compiled variants. */
  choices(): readonly VariantChoice[] {
    return [...this.#variants.values()].map(({ values, deferredFields }) => ({ values, deferredFields }));
  }

  #compile(choice: VariantChoice, overrides: ReadonlyMap<string, boolean>): Variant {
    const { values, deferredFields } = choice;
    const { schema, operation, decision, keys } = this.#planning;
    const document = planningDocument(this.#planning, values, deferredFields !== 'ignore-defer');
    const plan = this.#plan(document, overrides);
    const { node } = plan;
    const source = { schema, operation, isDenied: decision.isDenied, dataKeyOf: keys.of };
    return {
      ...choice,
      ...this.#delivery(node),
      plan,
      deferred: document.deferred,
      write: responseWriter(source, values, deferredFields),
      receive: node?.kind === 'Subscription' ? compileReceive(node.primary, [], this.#fetches) : undefined,
    };
  }

  #delivery(node: QueryPlan['node']): DeliveryPlan {
    return compileDelivery(node?.kind === 'Subscription' ? node.rest : (node as PlanNode | undefined), this.#fetches);
  }

  #plan({ deferred, without }: PlanningDocument, overrides: ReadonlyMap<string, boolean>): QueryPlan {
    const name = this.#planning.operation.definition.name?.value;
    const renamed = (labels: readonly string[]): DocumentNode | undefined => {
      const document = without(labels);
      return document && this.#names.rename(document);
    };
    return this.#environment.plan({ deferred, without: renamed }, name, overrides);
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
