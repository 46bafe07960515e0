/** A behaviour with its label. */
export interface Sample {
  readonly values: readonly number[];
  readonly isAttacker: boolean;
}

/** A logistic model of values that are read in standard deviations from their means. */
export interface Fit {
  readonly intercept: number;
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

const STEPS = 1_500;
const RATE = 0.5;
/** Keeps weights small that few samples ask for. */
const RIDGE = 1e-4;

/** Fits weights of at least 0 by gradient descent, which is projected onto them after each step. */
export function fitLogistic(samples: readonly Sample[]): Fit {
  const total = samples.length;
  const size = samples[0]?.values.length ?? 0;
  const columns = Array.from({ length: size }, (_, column) => momentsOf(samples, column));
  const means = columns.map(({ mean }) => mean);
  const deviations = columns.map(({ deviation }) => deviation);
  const rows = samples.map(({ values }) =>
    Float64Array.from(values, (value, column) => standard(value, columns[column])),
  );
  const weights = new Float64Array(size);
  const share = samples.filter(({ isAttacker }) => isAttacker).length / total;
  let intercept = Math.log(share / (1 - share));
  for (let step = 0; step < STEPS; step += 1) {
    const slope = new Float64Array(size);
    let slopeOfIntercept = 0;
    for (const [index, row] of rows.entries()) {
      const { isAttacker } = samples[index] as Sample;
      let logits = intercept;
      for (let column = 0; column < size; column += 1) logits += (weights[column] ?? 0) * (row[column] ?? 0);
      const error = 1 / (1 + Math.exp(-logits)) - (isAttacker ? 1 : 0);
      slopeOfIntercept += error;
      for (let column = 0; column < size; column += 1)
        slope[column] = (slope[column] ?? 0) + error * (row[column] ?? 0);
    }
    intercept -= (RATE * slopeOfIntercept) / total;
    for (let column = 0; column < size; column += 1) {
      const now = weights[column] ?? 0;
      weights[column] = Math.max(0, now - RATE * ((slope[column] ?? 0) / total + RIDGE * now));
    }
  }
  return { intercept, weights: [...weights], means, deviations };
}

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

function momentsOf(samples: readonly Sample[], column: number): Moments {
  const values = samples.map((sample) => sample.values[column] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

function standard(value: number, { mean, deviation }: Moments = { mean: 0, deviation: 1 }): number {
  return (value - mean) / deviation;
}
