import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Card, Soft, Table } from '@marquee/app-kit/ui';

import { isContradicted } from './scans.ts';
import type { KeptScan } from './store.ts';
import { doorTexts } from './texts.ts';

const SHOWN = 50;

export interface ScanLogProps {
  readonly scans: readonly KeptScan[];
  readonly timeZone: string | undefined;
}

/** The latest scans of this device: what the gate decided, and what the server said. */
export function ScanLog({ scans, timeZone }: ScanLogProps) {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const latest = scans.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, SHOWN);
  return (
    <Card>
      <h2>{t('log')}</h2>
      {latest.length === 0 ? (
        <Soft>{t('noScans')}</Soft>
      ) : (
        <Table
          label={t('log')}
          rows={latest}
          keyOf={({ id }) => id}
          columns={[
            { head: t('at'), cell: ({ at }) => formats.time(at, 'time', timeZone) },
            {
              head: t('gate'),
              cell: ({ verdict, seat }) => (
                <>
                  <Badge tone={verdict === 'admit' ? 'good' : 'bad'}>{t(verdict)}</Badge>{' '}
                  {seat && <Soft isSmall>{t('seat', { seat })}</Soft>}
                </>
              ),
            },
            { head: t('server'), cell: (scan) => <Outcome scan={scan} timeZone={timeZone} /> },
          ]}
        />
      )}
    </Card>
  );
}

function Outcome({ scan, timeZone }: { readonly scan: KeptScan; readonly timeZone: string | undefined }) {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const { outcome, usedAt } = scan;
  if (outcome === undefined) return <Badge tone="warning">{t('notSent')}</Badge>;
  return (
    <>
      <Badge tone={isContradicted(scan) ? 'bad' : outcome === 'ADMITTED' ? 'good' : 'plain'}>{t(outcome)}</Badge>{' '}
      {usedAt && outcome === 'ALREADY_USED' && <Soft isSmall>{formats.time(usedAt, 'time', timeZone)}</Soft>}
    </>
  );
}
