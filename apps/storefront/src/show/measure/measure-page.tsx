import { useTexts } from '@marquee/app-kit/text';
import { Button, Page } from '@marquee/app-kit/ui';
import { useRef, useState } from 'react';

import { layOutHall } from '../map/hall.ts';
import { Legend } from '../map/legend.tsx';
import { SeatMap } from '../map/seat-map.tsx';
import { SeatStore } from '../map/seat-store.ts';
import { showTexts } from '../texts.ts';
import { bigHall, bigHallTiers } from './big-hall.ts';
import { type FrameReport, measureFrames } from './measure-frames.ts';

const DURATION_MS = 4_000;
const NO_STANDING: ReadonlyMap<string, number> = new Map();

function begin() {
  const sections = bigHall();
  const store = new SeatStore();
  store.load(
    0,
    sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats)),
  );
  return { store, hall: layOutHall(sections) };
}

/** Measures how smoothly 1,000 seats move while 50 of them a second change. No page leads here. */
export function Component() {
  const t = useTexts(showTexts);
  const [{ store, hall }] = useState(begin);
  const [report, setReport] = useState<FrameReport>();
  const [isRunning, setRunning] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const measure = (): void => {
    const frame = around.current?.querySelector<HTMLElement>('[data-is-fitting]');
    if (!frame) return;
    setRunning(true);
    void measureFrames(frame, hall, store, DURATION_MS)
      .then(setReport)
      .finally(() => setRunning(false));
  };
  return (
    <Page title={t('measure')}>
      <Button isPending={isRunning} onPress={measure}>
        {t('measureBegin')}
      </Button>
      <output>{report && JSON.stringify(report)}</output>
      <div ref={around}>
        <SeatMap
          hall={hall}
          store={store}
          tiers={bigHallTiers}
          stage={t('stage')}
          standingLeft={NO_STANDING}
          onSeat={({ id }) => store.want([id])}
          onFloor={() => {}}
        />
      </div>
      <Legend tiers={bigHallTiers} />
    </Page>
  );
}
