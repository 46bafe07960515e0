import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Card, Row, Soft } from '@marquee/app-kit/ui';
import { useEffect, useState } from 'react';

import { Chart } from '../charts/chart.tsx';
import { type LiveState, type SeenSale, ticketsByMinute } from './live.ts';
import { salesTexts } from './texts.ts';

const MINUTES = 30;
const SHOWN = 8;
const TICK_MS = 15_000;

export interface LatestSalesProps {
  readonly live: LiveState;
  readonly timeZone: string;
}

/** Sales while the page is open. */
export function LatestSales({ live, timeZone }: LatestSalesProps) {
  const t = useTexts(salesTexts);
  const formats = useFormats();
  const now = useNow();
  const { seen } = live;
  // An event may be younger than the last look at the clock.
  const minutes = ticketsByMinute(seen, Math.max(now, seen[0]?.at ?? 0), MINUTES);
  return (
    <Card>
      <h2>{t('latest')}</h2>
      {seen.length === 0 ? (
        <Soft>{t('none')}</Soft>
      ) : (
        <>
          <Chart
            label={t('byMinute')}
            head={t('minute')}
            rows={minutes}
            keyOf={({ minute }) => String(minute)}
            labelOf={({ minute }) => formats.time(new Date(minute), 'time', timeZone)}
            series={[
              {
                id: 'tickets',
                text: t('ticketsShort'),
                kind: 'area',
                colour: 'first',
                value: ({ tickets }) => tickets,
                write: (tickets) => formats.number(tickets),
              },
            ]}
          />
          <ul aria-live="polite" aria-relevant="additions">
            {seen.slice(0, SHOWN).map((each) => (
              <li key={`${each.sale.show.id}:${each.at}`}>
                <Change seen={each} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Change({ seen: { at, sale, change = 0 }, timeZone }: { readonly seen: SeenSale; readonly timeZone: string }) {
  const t = useTexts(salesTexts);
  const formats = useFormats();
  return (
    <Row>
      <Soft isSmall>{formats.time(new Date(at), 'time', timeZone)}</Soft>
      <span>{sale.show.title.name}</span>
      {change > 0 && <Badge tone="good">{t('change', { count: change })}</Badge>}
      {change < 0 && <Badge tone="warning">{t('fewer', { count: -change })}</Badge>}
      <Soft isSmall>
        {t('update', { count: sale.ticketsSold })}, {formats.money(sale.revenue)}
      </Soft>
    </Row>
  );
}

/** The time, looked at every quarter of a minute. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
