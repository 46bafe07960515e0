import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Notice, Row, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { isContradicted, pendingOf } from './scans.ts';
import { doorTexts } from './texts.ts';
import type { useGate } from './use-gate.ts';
import { useOnline } from './use-online.ts';

/** Whether there is a network, how old the list is, and what waits to be sent. */
export function GateState({ gate }: { readonly gate: ReturnType<typeof useGate> }) {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const isOnline = useOnline();
  const [now] = useState(() => Date.now());
  const { list, scans } = gate;
  const waiting = pendingOf(scans).length;
  const contradicted = scans.filter(isContradicted).length;
  const timeZone = list?.timeZone;
  return (
    <>
      <Row>
        <Badge tone={isOnline ? 'good' : 'warning'}>{t(isOnline ? 'online' : 'offline')}</Badge>
        {list && (
          <Soft isSmall>
            {list.place}, {formats.time(list.startsAt, 'moment', timeZone)} ·{' '}
            {t('listOf', { count: list.tickets.length, time: formats.time(list.generatedAt, 'time', timeZone) })}
          </Soft>
        )}
        {waiting > 0 && (
          <>
            <Badge tone="warning">
              {t('waiting')}: {formats.number(waiting)}
            </Badge>
            <Button kind="quiet" onPress={gate.send}>
              {t('sendNow')}
            </Button>
          </>
        )}
      </Row>
      {list && new Date(list.validUntil).getTime() < now && (
        <Notice tone="warning">{t('listOld', { time: formats.time(list.validUntil, 'moment', timeZone) })}</Notice>
      )}
      {contradicted > 0 && <Notice tone="bad">{t('contradicted', { count: contradicted })}</Notice>}
    </>
  );
}
