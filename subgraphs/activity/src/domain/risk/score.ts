import { beyondCleared, type Features, type Reason } from './features.ts';
import { type Model, modelReasons, probability } from './model.ts';
import { applyRules, type RuleWeights } from './rules.ts';

/** The risk of a person at a moment, from 0 to 1, and what it rests on. */
export interface Score {
  readonly score: number;
  readonly ruleScore: number;
  readonly modelScore: number;
  readonly modelVersion: string;
  readonly reasons: readonly Reason[];
}

export interface Scoring {
  readonly model: Model;
  readonly ruleWeights: RuleWeights;
}

/** A model's opinion is told from here on. */
const OPINION = 0.5;

/**
 * The larger of what the rules and the model say: a rule knows one attack, the model what attackers have in common.
 *
 * @param cleared the features that an analyst has cleared
 */
export function scoreOf({ model, ruleWeights }: Scoring, features: Features, cleared: Features | null): Score {
  const counted = beyondCleared(features, cleared);
  const rules = applyRules(counted, ruleWeights);
  const modelScore = probability(model, counted);
  const told = modelScore >= OPINION ? modelReasons(model, counted) : [];
  return {
    score: Math.max(rules.score, modelScore),
    ruleScore: rules.score,
    modelScore,
    modelVersion: model.version,
    reasons: [...new Set([...rules.reasons, ...told])],
  };
}
