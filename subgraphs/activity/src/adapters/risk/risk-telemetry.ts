import { type Instruments, observe } from '@marquee/telemetry';

import { LEVELS } from '../../domain/risk/level.ts';
import type { RiskCaseRepository } from './cases.ts';
import type { RiskRepository } from './people.ts';

/** Exports how far scoring is behind, the cases that wait for people, and how many people are at each level. */
export function observeRisk(risks: RiskRepository, cases: RiskCaseRepository, { metrics }: Instruments): void {
  if (!metrics) return;
  observe(metrics, {
    name: 'marquee_activity_risk_due',
    help: 'People of whom something is known that is not scored yet',
    read: async () => (await risks.due()).people,
  });
  observe(metrics, {
    name: 'marquee_activity_risk_due_oldest_seconds',
    help: 'How long the person waits to be scored who waits the longest',
    read: async () => (await risks.due()).oldestSeconds,
  });
  observe(metrics, {
    name: 'marquee_activity_risk_cases_open',
    help: 'Cases of risk that wait for a decision',
    read: () => cases.countOpen(),
  });
  for (const level of LEVELS.slice(1)) {
    observe(metrics, {
      name: 'marquee_activity_risk_people',
      help: 'People at a level of risk',
      labels: { level },
      read: () => risks.countAt(level),
    });
  }
}
