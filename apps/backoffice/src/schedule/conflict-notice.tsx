import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Notice, Row } from '@marquee/app-kit/ui';

import { scheduleTexts } from './texts.ts';

export interface ConflictNoticeProps {
  readonly show: { readonly id: string; readonly startsAt: string };
  readonly timeZone: string;
}

/** Says which other show occupies the screen. */
export function ConflictNotice({ show, timeZone }: ConflictNoticeProps) {
  const t = useTexts(scheduleTexts);
  const formats = useFormats();
  return (
    <Notice tone="bad">
      <Row>
        {t('conflict', { time: formats.time(show.startsAt, 'moment', timeZone) })}
        <ButtonLink kind="quiet" href={`/schedule/shows/${show.id}`}>
          {t('seeOther')}
        </ButtonLink>
      </Row>
    </Notice>
  );
}
