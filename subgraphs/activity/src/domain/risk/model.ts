import { type FeatureName, FEATURES, type Features, type Reason } from './features.ts';

/** A logistic model, as `npm run risk:train` writes it. */
export interface Model {
  /** The day of the training and a hash of the coefficients; stored with each score. */
  readonly version: string;
  readonly intercept: number;
  /** Of the logarithms of the features, which the model reads in standard deviations. */
  readonly features: readonly ModelFeature[];
}

export interface ModelFeature {
  readonly name: FeatureName;
  readonly mean: number;
  readonly deviation: number;
  /** Never negative: more of a behaviour never lowers a score. */
  readonly weight: number;
}

/** A feature's part of a score is worth telling from so many logits on. */
const TOLD_FROM = 0.7;
const MOST_TOLD = 3;

/** Behaviours are counts with long tails: twice as many is one step more. */
export function scaled(value: number): number {
  return Math.log1p(value);
}

/** The logits that each feature adds, beside an ordinary person's. */
function contributions(
  { features }: Model,
  values: Features,
): { readonly name: FeatureName; readonly logits: number }[] {
  return features.map(({ name, mean, deviation, weight }) => ({
    name,
    logits: (weight * (scaled(values[name]) - mean)) / deviation,
  }));
}

/** The probability that a person is an attacker. */
export function probability(model: Model, values: Features): number {
  const logits = contributions(model, values).reduce((sum, part) => sum + part.logits, model.intercept);
  return 1 / (1 + Math.exp(-logits));
}

/** The behaviours that the model's opinion rests on, the weightiest first. */
export function modelReasons(model: Model, values: Features): Reason[] {
  const told = contributions(model, values)
    .filter(({ name, logits }) => logits >= TOLD_FROM && values[name] > 0)
    .toSorted((a, b) => b.logits - a.logits)
    .map(({ name }) => FEATURES[name]);
  return [...new Set(told)].slice(0, MOST_TOLD);
}
