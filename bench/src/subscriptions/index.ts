import { type BenchmarkOptions, machine } from '../benchmark.ts';
import { measureSubscriptions } from './measure.ts';
import { reportText } from './report.ts';
import { openSubscriptionSetup } from './setup.ts';
import { targetsOf } from './targets.ts';

const FULL = { rounds: 3, seconds: 8 };
const QUICK = { rounds: 1, seconds: 3 };

/** Measures delivery of events to thousands of clients, compared with a graphql-ws server that does nothing else. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const setup = await openSubscriptionSetup();
  try {
    const onProgress = (text: string) => console.error(text);
    const report = await measureSubscriptions(setup, {
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
    await setup.stop();
  }
}
