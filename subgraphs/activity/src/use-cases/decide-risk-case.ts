import { forbidden, notFound } from '@marquee/errors';

import type { CaseDecision, RiskCase } from '../domain/risk/case.ts';
import type { RiskCases } from '../domain/risk/ports.ts';
import { RiskCaseDecidedError } from '../errors.ts';

export interface DecideRiskCaseDeps {
  readonly riskCases: RiskCases;
}

/**
 * Decides a case: CLEAR ends the person's level and keeps the same evidence from opening another case, BLOCK keeps them
 * from buying until a block is lifted by CLEAR.
 *
 * @throws {RiskCaseDecidedError} when somebody else was first
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for a case about oneself
 */
export async function decideRiskCase({ riskCases }: DecideRiskCaseDeps, decision: CaseDecision): Promise<RiskCase> {
  const found = await riskCases.find(decision.caseId);
  if (!found) throw notFound('risk case');
  if (found.userId === decision.analystId) throw forbidden('Ask a colleague to decide on a case about yourself.');
  const decided = await riskCases.decide(decision);
  if (!decided) throw new RiskCaseDecidedError();
  return decided;
}
