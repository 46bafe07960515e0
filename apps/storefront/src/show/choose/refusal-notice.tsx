import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Row, Stack } from '@marquee/app-kit/ui';

import type { PlacedSeat } from '../map/hall.ts';
import { refusalTexts } from './texts.ts';
import type { Refusal } from './use-holding.ts';

export interface RefusalNoticeProps {
  readonly refusal: Refusal;
  readonly titleId: string;
  /** The seats that are gone, and free ones in their place. */
  readonly lost: readonly PlacedSeat[];
  readonly instead: readonly PlacedSeat[];
  readonly nameOf: (seat: PlacedSeat) => string;
  readonly onTake: (instead: readonly PlacedSeat[]) => void;
}

/** Why nothing was held, and what to do. */
export function RefusalNotice({ refusal, titleId, lost, instead, nameOf, onTake }: RefusalNoticeProps) {
  const t = useTexts(refusalTexts);
  switch (refusal.__typename) {
    case 'SeatUnavailableError':
      return <LostSeats lost={lost} instead={instead} nameOf={nameOf} onTake={onTake} />;
    case 'NotEnoughSeatsError':
      return <Notice tone="bad">{t(refusal.__typename, { available: refusal.available })}</Notice>;
    case 'SeatLimitExceededError':
      return (
        <Notice tone="bad">
          {t(refusal.__typename)} <ButtonLinkRow href="/account" text={t('verify')} />
        </Notice>
      );
    case 'AccountRestrictedError':
      return (
        <Notice tone="bad">
          {t(refusal.__typename)} <ButtonLinkRow href="/support" text={t('support')} />
        </Notice>
      );
    case 'ShowClosedError':
      return (
        <Notice tone="bad">
          {t(refusal.__typename)} <ButtonLinkRow href={`/titles/${titleId}`} text={t('others')} />
        </Notice>
      );
    case 'HoldTimeExceededError':
    case 'AdmissionRequiredError':
      return <Notice tone="bad">{t(refusal.__typename)}</Notice>;
    default:
      return <Notice tone="bad">{(refusal as { readonly message: string }).message}</Notice>;
  }
}

function ButtonLinkRow({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <Row>
      <ButtonLink kind="bare" href={href}>
        {text}
      </ButtonLink>
    </Row>
  );
}

/** Seats that somebody else has taken, with free ones in their place. */
export function LostSeats({ lost, instead, nameOf, onTake }: Omit<RefusalNoticeProps, 'refusal' | 'titleId'>) {
  const t = useTexts(refusalTexts);
  const { list } = useFormats();
  return (
    <Notice tone="bad">
      <Stack>
        <span>{t('SeatUnavailableError', { count: lost.length, seats: list(lost.map(nameOf)) })}</span>
        {instead.length > 0 && (
          <Button kind="quiet" onPress={() => onTake(instead)}>
            {t('take', { seats: list(instead.map(nameOf)) })}
          </Button>
        )}
      </Stack>
    </Notice>
  );
}
