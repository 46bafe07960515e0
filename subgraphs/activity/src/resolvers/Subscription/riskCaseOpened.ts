import { notFound } from '@marquee/errors';

import type { RiskCase } from '../../domain/risk/case.ts';
import type { SubscriptionResolvers } from '../../generated/resolvers.ts';
import { type CasePush, CASES_CHANNEL } from '../../risk-events.ts';

/** The most missed cases that are sent; a client that was told of a gap reads the list. */
const MAX_MISSED = 100;

export const riskCaseOpened: SubscriptionResolvers['riskCaseOpened'] = {
  subscribe: async (_parent, _args, { deps: { riskCases }, pubSub }) => {
    const eventOf = (found: RiskCase) => ({ riskCaseOpened: found });
    return pubSub.listen({
      channel: CASES_CHANNEL,
      version: await riskCases.latestVersion(),
      isGapless: true,
      eventOf: async ({ caseId }: CasePush) => {
        const found = await riskCases.find(caseId);
        if (!found) throw notFound('risk case');
        return eventOf(found);
      },
      missedSince: async (version) => (await riskCases.openedSince(version, MAX_MISSED)).map(eventOf),
      versionOf: ({ riskCaseOpened: { version } }) => version,
    });
  },
};
