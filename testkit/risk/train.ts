import { createHash } from 'node:crypto';
import type { SqlTransaction } from '@marquee/database';

import { MODEL_FEATURES, type Features, featuresOf } from '../../subgraphs/activity/src/domain/risk/features.ts';
import { type Model, probability, scaled } from '../../subgraphs/activity/src/domain/risk/model.ts';
import { scoreOf } from '../../subgraphs/activity/src/domain/risk/score.ts';
import { DEFAULT_THRESHOLDS } from '../../subgraphs/activity/src/domain/risk/settings.ts';
import { type Fit, fitLogistic } from './fit.ts';
import type { Replayed } from './replay.ts';

/** A model of nothing, with which traffic is replayed to train another: the rules alone score. */
export const UNTRAINED: Model = { version: 'untrained', intercept: -20, features: [] };

/** Rounds in which a person's most telling moment is chosen by the model of the round before. */
const ROUNDS = 4;

interface Moment {
  readonly userId: string;
  readonly isAttacker: boolean;
  readonly features: Features;
}

/** A model with the figures of its training. */
export interface Trained {
  readonly model: Model;
  readonly figures: Readonly<Record<'people' | 'attackers' | 'precision' | 'recall', number>>;
}

/**
 * Fits a model to the scores of traffic whose people are known. A person is one sample: the moment at which they look most
 * like an attacker, since that is what is acted on. Until there is a model, that is where they did the most.
 */
export async function train(client: SqlTransaction, { people }: Replayed, day: string): Promise<Trained> {
  const rows = await client.$queryRaw<{ userId: string; features: Record<string, number> }[]>`
    SELECT user_id AS "userId", features FROM risk_scores ORDER BY user_id, scored_at`;
  const moments = rows.flatMap(({ userId, features }): Moment[] => {
    const isAttacker = people.get(userId)?.actor.isAttacker;
    return isAttacker === undefined ? [] : [{ userId, isAttacker, features: featuresOf(features) }];
  });
  let model = UNTRAINED;
  let telling = mostTelling(moments, (features) =>
    MODEL_FEATURES.reduce((sum, name) => sum + scaled(features[name]), 0),
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    const samples = telling.map(({ isAttacker, features }) => ({ isAttacker, values: valuesOf(features) }));
    const fitted = (model = modelOf(fitLogistic(samples), day));
    telling = mostTelling(moments, (features) => probability(fitted, features));
  }
  return { model, figures: figuresOf(telling, model) };
}

function valuesOf(features: Features): number[] {
  return MODEL_FEATURES.map((name) => scaled(features[name]));
}

function figuresOf(telling: readonly Moment[], model: Model): Trained['figures'] {
  const scoring = { model, ruleWeights: {} };
  const attackers = telling.filter(({ isAttacker }) => isAttacker);
  const alarms = telling.filter(
    ({ features }) => scoreOf(scoring, features, null).score >= DEFAULT_THRESHOLDS.openCase,
  );
  const found = alarms.filter(({ isAttacker }) => isAttacker).length;
  return {
    ...{ people: telling.length, attackers: attackers.length },
    precision: rounded(found / Math.max(1, alarms.length)),
    recall: rounded(found / Math.max(1, attackers.length)),
  };
}

/** The moment of each person that is the most suspicious. */
function mostTelling(moments: readonly Moment[], suspicion: (features: Features) => number): Moment[] {
  const best = new Map<string, { readonly moment: Moment; readonly found: number }>();
  for (const moment of moments) {
    const found = suspicion(moment.features);
    if (found > (best.get(moment.userId)?.found ?? -1)) best.set(moment.userId, { moment, found });
  }
  return [...best.values()].map(({ moment }) => moment);
}

function modelOf({ intercept, weights, means, deviations }: Fit, day: string): Model {
  const features = MODEL_FEATURES.map((name, column) => ({
    name,
    mean: rounded(means[column]),
    deviation: rounded(deviations[column]),
    weight: rounded(weights[column]),
  }));
  const coefficients = { intercept: rounded(intercept), features };
  const hash = createHash('sha256').update(JSON.stringify(coefficients)).digest('hex').slice(0, 8);
  return { version: `${day}-${hash}`, ...coefficients };
}

function rounded(value = 0): number {
  return Number(value.toPrecision(6));
}
