import { expect, test } from 'vitest';

import { fitLogistic, type Sample } from './fit.ts';

/** Attackers do more of the first, less of the second, and as much of the third. */
const samples = Array.from({ length: 400 }, (_, index): Sample => {
  const isAttacker = index % 4 === 0;
  const noise = ((index * 7_919) % 101) / 101;
  return { isAttacker, values: [(isAttacker ? 2 : 0) + noise, (isAttacker ? 0 : 2) + noise, noise] };
});

function probability(values: readonly number[]): number {
  const { intercept, weights, means, deviations } = fitLogistic(samples);
  const logits = values.map((value, at) => ((weights[at] ?? 0) * (value - (means[at] ?? 0))) / (deviations[at] ?? 1));
  return 1 / (1 + Math.exp(-logits.reduce((sum, logit) => sum + logit, intercept)));
}

test('attackers are told from others by what they do more of', () => {
  expect(probability([2.5, 0.5, 0.5])).toBeGreaterThan(0.9);
  expect(probability([0.5, 2.5, 0.5])).toBeLessThan(0.1);
});

test('no weight is negative, so that doing more never makes anybody less suspect', () => {
  const { weights } = fitLogistic(samples);
  expect(weights[0]).toBeGreaterThan(1);
  expect(weights.every((weight) => weight >= 0)).toBe(true);
  expect(weights[1]).toBe(0);
});
