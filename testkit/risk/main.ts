import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand } from '@marquee/stack/command';

import { DEFAULT_THRESHOLDS } from '../../subgraphs/activity/src/domain/risk/settings.ts';
import { startActivityDatabases } from './databases.ts';
import { replay } from './replay.ts';
import { FULL_SIZE, trainingTraffic } from './traffic.ts';
import { train, UNTRAINED } from './train.ts';

const USAGE = `Usage: npm run risk:train -- [--people <n>] [--days <n>]

Replays simulated traffic through activity, fits the model of risk to it, and writes it with the figures of the training to
subgraphs/activity/src/domain/risk/model.json. npm run bench -- risk measures it on traffic that it has not seen.
`;
const FILE = new URL('../../subgraphs/activity/src/domain/risk/model.json', import.meta.url);
const OPTIONS = { people: { type: 'string' }, days: { type: 'string' } } as const;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const size = { people: Number(values.people ?? FULL_SIZE.people), days: Number(values.days ?? FULL_SIZE.days) };
  const databases = await startActivityDatabases();
  try {
    const client = await databases.open('training');
    const rules = { scoring: { model: UNTRAINED, ruleWeights: {} }, thresholds: DEFAULT_THRESHOLDS };
    const replayed = await replay(client, rules, trainingTraffic(size));
    const { model, figures } = await train(client, replayed, new Date().toISOString().slice(0, 10));
    const training = { ...size, attackers: 'KNOWN_ATTACKERS', figures };
    writeFileSync(FILE, `${JSON.stringify({ ...model, training }, null, 2)}\n`);
    process.stdout.write(`${model.version}\n${JSON.stringify(figures, null, 2)}\n`);
    return 0;
  } finally {
    await databases.stop();
  }
}

await runCommand(USAGE, main);
