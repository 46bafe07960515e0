import { z } from 'zod';

import type { Thresholds } from './level.ts';
import { isRuleName, type RuleWeights } from './rules.ts';

/** The scores from which something is done, unless the configuration has others. */
export const DEFAULT_THRESHOLDS: Thresholds = { slow: 0.4, challenge: 0.6, block: 0.97, openCase: 0.6 };

const share = z.coerce.number().min(0).max(1).describe('a number from 0 to 1');
const WEIGHT = /^([A-Z_]+)=(0(?:\.\d+)?|1(?:\.0+)?)$/;

/** The weights in a list such as `CARD_OF_MANY=0.2,HOARDING=0`; null when a part is none. */
function weightsIn(list: string): RuleWeights | null {
  const parts = list
    .split(',')
    .filter(Boolean)
    .map((part) => WEIGHT.exec(part.trim()));
  const known = parts.flatMap((match) => (match?.[1] && isRuleName(match[1]) ? [[match[1], Number(match[2])]] : []));
  return known.length === parts.length ? (Object.fromEntries(known) as RuleWeights) : null;
}

/** Settings of risk, among those of activity. */
export const riskSettings = {
  /** The scores from which a person is slowed down, challenged, blocked, and brought before people. */
  riskSlowFrom: share.default(DEFAULT_THRESHOLDS.slow),
  riskChallengeFrom: share.default(DEFAULT_THRESHOLDS.challenge),
  riskBlockFrom: share.default(DEFAULT_THRESHOLDS.block),
  riskCaseFrom: share.default(DEFAULT_THRESHOLDS.openCase),
  /** Whether scores give levels; off, they only open cases, and levels are what people decide. */
  riskLevels: z.enum(['on', 'off']).default('on').describe('on or off'),
  /** Weights of rules that differ from their own; 0 switches one off. */
  riskRuleWeights: z
    .string()
    .default('')
    .transform((list, context) => {
      const weights = weightsIn(list);
      if (weights) return weights;
      context.addIssue({ code: 'custom', message: 'must be rules with weights from 0 to 1' });
      return z.NEVER;
    })
    .describe('rules with weights, such as CARD_OF_MANY=0.2,HOARDING=0'),
};

/** The thresholds in the settings: of levels none that is ever reached when levels are off. */
export function thresholdsOf(settings: RiskSettings): Thresholds {
  const { riskSlowFrom: slow, riskChallengeFrom: challenge, riskBlockFrom: block, riskCaseFrom: openCase } = settings;
  if (settings.riskLevels === 'on') return { slow, challenge, block, openCase };
  return { slow: Infinity, challenge: Infinity, block: Infinity, openCase };
}

type RiskSettings = z.output<z.ZodObject<typeof riskSettings>>;
