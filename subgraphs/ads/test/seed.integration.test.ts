import { expect, test } from 'vitest';

import { audit } from '../src/audit.ts';
import { statusOf } from '../src/domain/campaign.ts';
import { CampaignRepository } from '../src/adapters/campaigns.ts';
import { subgraph } from '../src/subgraph.ts';
import { openAds, operationsOf } from './harness.ts';

test('the seed has campaigns of every status with a sound past, some of which bid, and nothing when repeated', async () => {
  const harness = await openAds();
  const { database, databaseUrl } = harness;
  await subgraph.seed?.({ databaseUrl });
  const campaigns = new CampaignRepository(database);
  const all = await campaigns.page({
    limit: 100,
    after: null,
    organisationIds: ['org_seed_partner', 'org_seed_advertiser'],
  });
  expect(new Set(all.map(statusOf))).toEqual(new Set(['ACTIVE', 'PAUSED', 'EXHAUSTED', 'ENDED', 'DRAFT']));
  const before = await database.placement.count();
  expect(before).toBeGreaterThan(2_000);
  await subgraph.seed?.({ databaseUrl });
  expect(await database.placement.count()).toBe(before);
  const lines: string[] = [];
  for await (const line of audit(database)) lines.push(line);
  expect(lines).toEqual([]);
  expect(await operationsOf(harness).place({ slots: 3 })).toHaveLength(2);
});
