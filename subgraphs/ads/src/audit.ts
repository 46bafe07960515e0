import type { SqlTransaction } from '@marquee/database';

import { auditCampaigns } from './adapters/campaign-audit.ts';

/** `npm run audit:ads`: reports that differ from a recount, as lines. @returns how many placements were counted */
export async function* audit(client: SqlTransaction): AsyncGenerator<string, string> {
  return `${yield* auditCampaigns(client)} placements counted`;
}
