import { openPlainClient } from '@marquee/database';
import { testDatabase, whenDone } from '@marquee/testkit';
import { UNSEEN_ATTACKERS } from '@marquee/traffic';
import { expect, test } from 'vitest';

import { evaluate } from '../../../testkit/risk/evaluate.ts';
import { replay } from '../../../testkit/risk/replay.ts';
import { UNTRAINED } from '../../../testkit/risk/train.ts';
import { unseenTraffic } from '../../../testkit/risk/traffic.ts';
import { featuresOf } from '../src/domain/risk/features.ts';
import { scoreOf } from '../src/domain/risk/score.ts';
import { DEFAULT_THRESHOLDS } from '../src/domain/risk/settings.ts';
import { trainedModel } from '../src/domain/risk/trained-model.ts';

const client = await openPlainClient((await testDatabase('activity')).url);
whenDone(() => client.close());

/** One ring of each kind that the training has not seen, among a few honest people. */
const attackers = UNSEEN_ATTACKERS.map((settings) => ({ ...settings, rings: 1 }));
const replayed = await replay(
  client,
  { scoring: { model: trainedModel, ruleWeights: {} }, thresholds: DEFAULT_THRESHOLDS },
  unseenTraffic({ people: 250, days: 4, attackers }),
);
const figures = evaluate(replayed, DEFAULT_THRESHOLDS);

test('most attackers that the model has not seen are found, and those who are found are attackers', () => {
  expect(figures.attackers).toBeGreaterThan(20);
  expect(figures.precision).toBeGreaterThanOrEqual(0.9);
  expect(figures.recallAtOnePercent).toBeGreaterThan(0.5);
});

test('honest people buy undisturbed, and their clicks count', () => {
  expect(figures.purchases).toBeGreaterThan(30);
  expect(figures.stopped).toBeLessThan(0.005);
  expect(figures.honestClicksLost).toBeLessThan(0.005);
});

test('the clicks of a farm are left out', () => {
  expect(figures.farmedClicksFound).toBeGreaterThan(0.9);
});

test('control: a model that was not trained finds fewer', async () => {
  const rows = await client.$queryRaw<{ userId: string; features: Record<string, number> }[]>`
    SELECT user_id AS "userId", features FROM risk_scores`;
  const untrained = { model: UNTRAINED, ruleWeights: {} };
  const found = rows.filter(
    ({ features }) => scoreOf(untrained, featuresOf(features), null).score >= DEFAULT_THRESHOLDS.openCase,
  );
  const alarmed = new Set(found.map(({ userId }) => userId));
  expect(alarmed.size / figures.attackers).toBeLessThan(figures.recall);
});
