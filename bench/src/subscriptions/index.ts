import { type BenchmarkOptions, machine } from '../benchmark.ts';
import { measureSubscriptions } from './measure.ts';
import { reportText } from './report.ts';
import { openSubscriptionStage } from './stage.ts';
import { targetsOf } from './targets.ts';

const FULL = { rounds: 3, seconds: 8 };
const QUICK = { rounds: 1, seconds: 3 };

/** Delivers events to thousands of clients, next to a graphql-ws server that does nothing else. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const stage = await openSubscriptionStage();
  try {
    const onProgress = (text: string) => console.error(text);
    const report = await measureSubscriptions(stage, {
      ...(quick ? QUICK : FULL),
      sockets: 2_000,
      rate: 20,
      onProgress,
    });
    const targets = targetsOf(report);
    const whole = { benchmark: 'subscriptions', machine: machine(), ...report, targets };
    console.log(json ? JSON.stringify(whole, null, 2) : reportText(report, targets));
    if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
  } finally {
    await stage.stop();
  }
}
