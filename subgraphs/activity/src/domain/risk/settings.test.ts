import { expect, test } from 'vitest';
import { z } from 'zod';

import { DEFAULT_THRESHOLDS, riskSettings, thresholdsOf } from './settings.ts';

const settings = z.object(riskSettings);

test('rules have their own weights unless the configuration names others', () => {
  expect(settings.parse({}).riskRuleWeights).toEqual({});
  const { riskRuleWeights } = settings.parse({ riskRuleWeights: 'CARD_OF_MANY=0.2, HOARDING=0' });
  expect(riskRuleWeights).toEqual({ CARD_OF_MANY: 0.2, HOARDING: 0 });
});

test('an unknown rule, and a weight above 1, is refused', () => {
  for (const riskRuleWeights of ['NO_SUCH_RULE=0.5', 'HOARDING=2', 'HOARDING'])
    expect(() => settings.parse({ riskRuleWeights })).toThrow('must be rules with weights from 0 to 1');
});

test('with levels off, scores open cases and give no level', () => {
  expect(thresholdsOf(settings.parse({}))).toEqual(DEFAULT_THRESHOLDS);
  const { block, slow, openCase } = thresholdsOf(settings.parse({ riskLevels: 'off' }));
  expect([block, slow, openCase]).toEqual([Infinity, Infinity, DEFAULT_THRESHOLDS.openCase]);
});
