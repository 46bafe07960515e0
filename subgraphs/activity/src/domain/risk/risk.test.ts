import { expect, test } from 'vitest';

import { mayDecide } from './case.ts';
import { beyondCleared, FEATURE_NAMES, featuresOf } from './features.ts';
import { isInForce, levelAt, NO_LEVEL, type Standing, standingAfter } from './level.ts';
import { type Model, modelReasons, probability } from './model.ts';
import { applyRules } from './rules.ts';
import { scoreOf } from './score.ts';

const at = new Date('2027-01-31T12:00:00Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

const model: Model = {
  version: 'test',
  intercept: -4,
  features: FEATURE_NAMES.map((name) => ({
    name,
    mean: 0,
    deviation: 1,
    weight: name === 'bookingsLastHour' ? 0 : 2,
  })),
};
const tester = featuresOf({ cards: 9, declinedCards: 8 });

test('each rule that is met is another witness', () => {
  expect(applyRules(tester, {})).toEqual({ score: 1 - 0.1 * 0.5, reasons: ['MANY_CARDS', 'DECLINED_CARDS'] });
  expect(applyRules(featuresOf({}), {})).toEqual({ score: 0, reasons: [] });
});

test('the configuration weighs a rule, and switches it off by 0', () => {
  expect(applyRules(tester, { CARD_TESTING: 0.2, DECLINES: 0 })).toEqual({ score: 1 - 0.8, reasons: ['MANY_CARDS'] });
});

test('more of any behaviour never lowers the model’s score, and the weightiest are its reasons', () => {
  const little = probability(model, featuresOf({ cards: 1 }));
  const much = probability(model, featuresOf({ cards: 5, fastClicks: 2 }));
  expect(much).toBeGreaterThan(little);
  expect(modelReasons(model, featuresOf({ cards: 5, fastClicks: 2, bookingsLastHour: 1 }))).toEqual([
    'MANY_CARDS',
    'FAST_CLICKS',
  ]);
});

test('a score is the larger of rules and model, with the version of the model', () => {
  const score = scoreOf({ model, ruleWeights: {} }, tester, null);
  expect(score.score).toBe(Math.max(score.ruleScore, score.modelScore));
  expect(score.modelVersion).toBe('test');
  expect(score.reasons).toContain('MANY_CARDS');
});

test('what an analyst cleared adds nothing, and only what goes beyond it counts', () => {
  const cleared = scoreOf({ model, ruleWeights: {} }, tester, tester);
  expect(cleared).toMatchObject({ ruleScore: 0, reasons: [] });
  expect(cleared.score).toBeLessThan(0.05);
  const twice = featuresOf({ cards: 18, declinedCards: 16 });
  expect(beyondCleared(twice, tester)).toMatchObject({ cards: 9, declinedCards: 8 });
  expect(scoreOf({ model, ruleWeights: {} }, twice, tester).ruleScore).toBeGreaterThan(0.9);
});

test('a score has the level of the highest threshold that it reaches, and blocks only when a rule agrees', () => {
  const thresholds = { slow: 0.5, challenge: 0.8, block: 0.95, openCase: 0.9 };
  const level = (score: number, ruleScore = score) => levelAt({ score, ruleScore }, thresholds);
  expect([0.49, 0.5, 0.8, 0.95].map((score) => level(score))).toEqual(['NONE', 'SLOW', 'CHALLENGE', 'BLOCK']);
  expect(level(0.99, 0)).toBe('CHALLENGE');
});

test('a level rises at once, falls only by its time, and is prolonged by scores that repeat it', () => {
  const slow = standingAfter(NO_LEVEL, { level: 'SLOW', reasons: [] }, at);
  expect(slow).toMatchObject({ level: 'SLOW', until: later(60) });
  const challenge = standingAfter(slow, { level: 'CHALLENGE', reasons: ['RESALE'] }, at);
  expect(challenge).toMatchObject({ level: 'CHALLENGE', reasons: ['RESALE'], until: later(360) });
  expect(standingAfter(challenge, { level: 'SLOW', reasons: [] }, later(1))).toBe(challenge);
  expect(standingAfter(challenge, { level: 'NONE', reasons: [] }, later(1))).toBe(challenge);
  expect(standingAfter(challenge, { level: 'CHALLENGE', reasons: [] }, later(1))).toBe(challenge);
  expect(standingAfter(challenge, { level: 'CHALLENGE', reasons: [] }, later(120)).until).toEqual(later(480));
  expect(standingAfter(challenge, { level: 'NONE', reasons: [] }, later(361))).toBe(NO_LEVEL);
  expect(standingAfter(challenge, { level: 'SLOW', reasons: [] }, later(361)).level).toBe('SLOW');
});

test('a level without an end stays, and one whose time is over counts nothing', () => {
  const forGood: Standing = { level: 'BLOCK', reasons: [], until: null };
  expect(standingAfter(forGood, { level: 'BLOCK', reasons: [] }, later(1e6))).toBe(forGood);
  expect(isInForce(forGood, later(1e6))).toBe(true);
  expect(isInForce({ level: 'SLOW', reasons: [], until: at }, at)).toBe(false);
});

test('an open case is decided once; only a block is lifted afterwards', () => {
  expect(mayDecide({ status: 'OPEN' }, 'BLOCK')).toBe(true);
  expect(mayDecide({ status: 'BLOCKED' }, 'CLEAR')).toBe(true);
  expect(mayDecide({ status: 'BLOCKED' }, 'BLOCK')).toBe(false);
  expect(mayDecide({ status: 'CLEARED' }, 'BLOCK')).toBe(false);
});
