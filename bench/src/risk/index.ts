import { unseenFigures } from '../../../testkit/risk/unseen.ts';
import { atLeast, below, type BenchmarkOptions, machine, type Target } from '../benchmark.ts';
import { table, targetsText } from '../report.ts';

const QUICK = { people: 1_500, days: 6 };

/** Measures the committed model on traffic and attackers that its training has not seen, and the speed of scoring. */
export async function run({ json, quick }: BenchmarkOptions): Promise<void> {
  const figures = await unseenFigures(quick ? QUICK : undefined);
  const targets = targetsOf(figures);
  const rows = Object.entries(figures).flatMap(([name, figure]) =>
    typeof figure === 'object'
      ? Object.entries(figure).map(([kind, part]) => [`${name} ${kind}`, part])
      : [[name, figure]],
  );
  const all = { benchmark: 'risk', machine: machine(), figures, targets };
  console.log(json ? JSON.stringify(all, null, 2) : [table([['', ''], ...rows]), targetsText(targets)].join('\n\n'));
  if (targets.some(({ isMet }) => !isMet)) process.exitCode = 1;
}

function targetsOf(figures: Awaited<ReturnType<typeof unseenFigures>>): Target[] {
  return [
    below('honest purchases at any level of risk', figures.hurt, 0.005),
    atLeast('precision of cases', figures.precision, 0.9),
    atLeast('recall at 1 % false alarms', figures.recallAtOnePercent, 0.75),
    below('honest clicks left out', figures.honestClicksLost, 0.005),
    atLeast('people scored a second', figures.peopleScoredPerSecond, 1_000),
  ];
}
