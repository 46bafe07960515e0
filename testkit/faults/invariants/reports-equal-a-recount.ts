import { audit } from '../../../subgraphs/ads/src/audit.ts';
import { linesOf, type Rule } from './rule.ts';

export const reportsEqualARecount: Rule = {
  name: 'a campaign’s report is the count of its placements, and within its limits',
  violations: (databases) => linesOf(audit(databases('ads'))),
};
