import { resultOf } from '@marquee/errors';
import { requireUser } from '@marquee/subgraph';

import { RiskCaseDecidedError } from '../../errors.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { decideRiskCase as decide } from '../../use-cases/decide-risk-case.ts';

export const decideRiskCase: MutationResolvers['decideRiskCase'] = (_parent, { caseId, decision, note }, context) =>
  resultOf([RiskCaseDecidedError], async () => ({
    __typename: 'DecideRiskCasePayload',
    case: await decide(context.deps, {
      ...{ caseId, decision, note: note ?? null },
      analystId: requireUser(context.caller),
    }),
  }));
