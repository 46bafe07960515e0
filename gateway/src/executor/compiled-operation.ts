import { maskError } from '@marquee/errors';
import type { GraphQLFormattedError } from 'graphql';

import type { AuthorizationOutcome } from '../authorization/authorization-outcome.ts';
import type { DeferredFields } from '../operation/collect-fields.ts';
import type { CoercedVariables } from '../operation/condition.ts';
import type { NormalizedOperation } from '../operation/normalized-operation.ts';
import type { Operation } from '../operation/operation.ts';
import type { OverrideChoice } from '../supergraph/override-labels.ts';
import { RequestRejectedError, type Variables } from '../operation/operation-request.ts';
import type {
  Answer,
  DeferredParts,
  IncrementalAnswer,
  PreparedOperation,
  SubscriptionPlan,
} from './prepared-operation.ts';
import type { Asker } from '../request/asker.ts';
import type { OperationContext } from '../request/operation-context.ts';
import type { SubgraphResponse } from '../transports/subgraph-transport.ts';
import { answer, DATA_HEAD, DATA_TAIL } from './answer.ts';
import { DeferredRun } from './deferred-run.ts';
import type { IncrementalFields } from './incremental-part.ts';
import { JsonOutput } from './run/json-output.ts';
import { planHash } from './plan/plan-hash.ts';
import { Run } from './run/run.ts';
import { subscriptionPlan } from './subscription-plan.ts';
import { compileVariables } from './variables.ts';
import { type Variant, type VariantChoice, type VariantEnvironment, Variants } from './variants.ts';

/** The parts of a generation that compilation needs. */
export interface CompileEnvironment extends VariantEnvironment {
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Undefined when the supergraph has no override labels. */
  readonly chooseOverrides: OverrideChoice | undefined;
  /** Marks the start of an execution. @returns a function that marks its end */
  begin(): () => void;
}

/** An execution that has started, or the answer to a request that is not executed. */
type Begun = { readonly variant: Variant; readonly run: Run } | { readonly rejected: Answer };

const NO_VARIABLES: Variables = {};

const SUBSCRIPTION_OVER_REQUEST: GraphQLFormattedError = {
  message:
    "Send subscriptions over WebSocket, or with 'Accept: text/event-stream' or 'multipart/mixed;subscriptionSpec=1.0'.",
  extensions: { code: 'BAD_USER_INPUT' },
};

/** An operation compiled for one authorisation outcome. Without `@skip` and `@include` it is planned already. */
export class CompiledOperation implements PreparedOperation {
  readonly kind;
  readonly fingerprint;
  readonly length;
  readonly authorizationKey;
  readonly authorizationErrors;
  subscription?: SubscriptionPlan;
  readonly #environment: CompileEnvironment;
  readonly #operation: Operation;
  readonly #outcome: AuthorizationOutcome;
  readonly #coerce;
  readonly #variants: Variants;

  /** @throws {RequestRejectedError} when it cannot be planned. */
  static async create(
    environment: CompileEnvironment,
    normalized: NormalizedOperation,
    outcome: AuthorizationOutcome,
    asker: Asker | undefined,
  ): Promise<CompiledOperation> {
    const compiled = new CompiledOperation(environment, normalized, outcome);
    await compiled.#plan(asker);
    return compiled;
  }

  private constructor(
    environment: CompileEnvironment,
    { operation, fingerprint, text }: NormalizedOperation,
    outcome: AuthorizationOutcome,
  ) {
    const { definition } = operation;
    this.kind = definition.operation;
    this.fingerprint = fingerprint;
    this.length = text.length;
    this.authorizationKey = outcome.key;
    this.authorizationErrors = outcome.errors;
    this.#environment = environment;
    this.#operation = operation;
    this.#outcome = outcome;
    this.#variants = new Variants(environment, operation, outcome);
    this.#coerce = compileVariables(environment.schema, operation, this.#variants.conditions);
  }

  compiledVariants(): readonly VariantChoice[] {
    return this.#variants.choices();
  }

  /** Compiles the variants of earlier requests. */
  async warm(choices: readonly VariantChoice[]): Promise<void> {
    for (const { values, deferredFields } of choices) await this.#variants.get(values, undefined, deferredFields);
  }

  async start(
    given: Variables | null | undefined,
    asker: Asker | undefined,
  ): Promise<readonly GraphQLFormattedError[]> {
    const coerced = this.#coerce(given ?? NO_VARIABLES);
    if ('errors' in coerced) return coerced.errors;
    const { rejected, errors } = this.#outcome.check(coerced.values);
    if (rejected) return errors;
    await this.#variants.get(coerced.values, undefined, 'ignore-defer', asker);
    return [];
  }

  execute(given: Variables | null | undefined, context: OperationContext): Promise<Answer> {
    return this.#maskErrors(context, () => this.#execute(given ?? NO_VARIABLES, context));
  }

  async executeIncrementally(
    given: Variables | null | undefined,
    context: OperationContext,
    deferredFields: IncrementalFields,
  ): Promise<IncrementalAnswer> {
    const end = this.#environment.begin();
    const variables = given ?? NO_VARIABLES;
    let rest: DeferredParts | undefined;
    const first = await this.#maskErrors(context, async () => {
      const begun = await this.#begin(variables, context, deferredFields);
      if ('rejected' in begun) return begun.rejected;
      const { variant, run } = begun;
      await variant.step?.(run);
      const response = write(variant, run);
      const deferred = response && new DeferredRun(run, variant, (error) => this.#masked(error, context));
      if (deferred && deferred.pending.length > 0) rest = this.#partsOf(deferred, run, end);
      else run.reportUnreached();
      return answer(response, [...run.errors], recycle);
    });
    if (rest === undefined) end();
    return { first, rest };
  }

  #partsOf(deferred: DeferredRun, run: Run, end: () => void): DeferredParts {
    return {
      pending: deferred.pending,
      async *[Symbol.asyncIterator]() {
        try {
          yield* deferred.parts();
        } finally {
          void deferred.idle().then(end);
        }
      },
      whole: () => respond({ write: this.#variants.writer(run.values) }, run.fork()),
    };
  }

  async #execute(variables: Variables, context: OperationContext): Promise<Answer> {
    const begun = this.#begin(variables, context, 'ignore-defer');
    const ready = begun instanceof Promise ? await begun : begun;
    if ('rejected' in ready) return ready.rejected;
    const { variant, run } = ready;
    await variant.step?.(run);
    return respond(variant, run);
  }

  /** Checks the variables and the authorisation, and chooses the variant. Returns a promise only when it compiles one. */
  #begin(variables: Variables, context: OperationContext, deferredFields: DeferredFields): Begun | Promise<Begun> {
    if (this.subscription !== undefined) return { rejected: answer(undefined, [SUBSCRIPTION_OVER_REQUEST]) };
    const coerced = this.#coerce(variables);
    if ('errors' in coerced) return { rejected: answer(undefined, coerced.errors) };
    const { values } = coerced;
    const { rejected, errors } = this.#outcome.check(values);
    if (rejected) return { rejected: answer(undefined, errors) };
    const variant = this.#variants.get(
      values,
      this.#environment.chooseOverrides?.(context.overrideLabels),
      deferredFields,
      context,
    );
    const known = deferredFields === 'ignore-defer' ? { errors } : { errors: [], unauthorized: errors };
    const begin = (compiled: Variant): Begun => ({
      variant: compiled,
      run: new Run({ root: {}, variables, values, context, output, ...known }),
    });
    return variant instanceof Promise ? variant.then(begin) : begin(variant);
  }

  #masked(error: unknown, { trace: { traceId } }: OperationContext): GraphQLFormattedError {
    this.#environment.onMaskedError({ subgraph: '', error, traceId });
    return maskError(error, traceId);
  }

  /** Masks thrown errors, which are bugs; `onMaskedError` gets the cause. */
  async #maskErrors(context: OperationContext, work: () => Promise<Answer>): Promise<Answer> {
    const end = this.#environment.begin();
    try {
      return await work();
    } catch (error) {
      const { traceId } = context.trace;
      if (error instanceof RequestRejectedError) {
        if (error.cause) this.#environment.onMaskedError({ subgraph: '', error: error.cause, traceId });
        return answer(
          undefined,
          error.errors.map((each) => maskError(each, traceId)),
        );
      }
      return answer(null, [this.#masked(error, context)]);
    } finally {
      end();
    }
  }

  async #hydrate(event: SubgraphResponse, variables: Variables, context: OperationContext): Promise<Answer> {
    const values = this.#valuesOf(variables);
    const { errors } = this.#outcome.check(values);
    const variant = await this.#variants.get(values);
    const run = new Run({ root: {}, variables, values, context, errors, output });
    variant.receive?.(run, event);
    await variant.step?.(run);
    return respond(variant, run);
  }

  /** Plans what every request needs: the operation without conditions, and the extremes of a subscription. */
  async #plan(asker: Asker | undefined): Promise<void> {
    if (this.kind !== 'subscription') {
      if (this.#variants.conditions.length === 0) await this.#variants.get({}, undefined, 'ignore-defer', asker);
      return;
    }
    const extremes = await this.#variants.extremes(asker);
    const { schema, subgraphs } = this.#environment;
    const [operation, outcome, plans] = [this.#operation, this.#outcome, extremes.map(({ plan }) => plan)];
    const subscription = subscriptionPlan(this.#variants, extremes, {
      planHash: planHash({ schema, subgraphs, operation, outcome, plans }),
      valuesOf: (variables) => this.#valuesOf(variables),
      hydrate: (event, variables, context) => this.#maskErrors(context, () => this.#hydrate(event, variables, context)),
    });
    if (subscription !== undefined) this.subscription = subscription;
  }

  #valuesOf(variables: Variables): CoercedVariables {
    const coerced = this.#coerce(variables);
    return 'errors' in coerced ? {} : coerced.values;
  }
}

/** Shared by all responses, because writing is synchronous. */
const output = new JsonOutput();
const recycle = (response: Buffer): void => output.recycle(response);

function respond(variant: Pick<Variant, 'write'>, run: Run): Answer {
  return answer(write(variant, run), run.errors, recycle);
}

/** @returns `{"data":…}`; null when data is null */
function write(variant: Pick<Variant, 'write'>, run: Run): Buffer | null {
  output.begin();
  output.bytes(DATA_HEAD);
  if (!variant.write(run.root, run)) return null;
  output.bytes(DATA_TAIL);
  return output.take();
}
