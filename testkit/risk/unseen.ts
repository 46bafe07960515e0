import type { PlainClient } from '@marquee/database';

import { RiskRepository } from '../../subgraphs/activity/src/adapters/risk/people.ts';
import { DEFAULT_THRESHOLDS } from '../../subgraphs/activity/src/domain/risk/settings.ts';
import { trainedModel } from '../../subgraphs/activity/src/domain/risk/trained-model.ts';
import { scorePeople } from '../../subgraphs/activity/src/use-cases/score-people.ts';
import { startActivityDatabases } from './databases.ts';
import { evaluate, type Figures } from './evaluate.ts';
import { replay } from './replay.ts';
import { FULL_SIZE, unseenTraffic } from './traffic.ts';

const SCORING = { scoring: { model: trainedModel, ruleWeights: {} }, thresholds: DEFAULT_THRESHOLDS };

/** Figures of the committed model on what its training has not seen, and how many people are scored a second. */
export async function unseenFigures(size = FULL_SIZE): Promise<Figures & { readonly peopleScoredPerSecond: number }> {
  const databases = await startActivityDatabases();
  try {
    const client = await databases.open('unseen');
    const figures = evaluate(await replay(client, SCORING, unseenTraffic(size)), DEFAULT_THRESHOLDS);
    return { ...figures, peopleScoredPerSecond: await speedOf(client) };
  } finally {
    await databases.stop();
  }
}

/** Scores everybody once, all that is known about them included. */
async function speedOf(client: PlainClient): Promise<number> {
  await client.$executeRaw`INSERT INTO risk_due (user_id) SELECT user_id FROM risk_people`;
  const [last] = await client.$queryRaw<{ at: Date }[]>`SELECT max(at) AS at FROM risk_signals`;
  const start = performance.now();
  const scored = await scorePeople({ ...SCORING, risks: new RiskRepository(client) }, last?.at ?? null);
  return (scored / (performance.now() - start)) * 1_000;
}
