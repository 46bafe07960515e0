import { serverNow, useSessionState } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, ProblemNotice } from '@marquee/app-kit/ui';

import type { ShowOnSale } from '../use-show.ts';
import { waitTexts } from './texts.ts';
import type { AdmissionState } from './use-admission.ts';
import styles from './wait.module.css';

export interface WaitingRoomProps {
  readonly show: ShowOnSale;
  readonly admission: AdmissionState;
}

/** The room in which people wait until they may hold seats; it goes on by itself. */
export function WaitingRoom({ show, admission }: WaitingRoomProps) {
  const t = useTexts(waitTexts);
  const isAnonymous = useSessionState() === 'anonymous';
  const { place, hasEntered, isEntering, error, enter } = admission;
  return (
    <section className={styles['room']} aria-label={t('room')}>
      <h2>{t('room')}</h2>
      {error && <ProblemNotice error={error} onRetry={enter} />}
      {place?.status === 'WAITING' ? (
        <Line show={show} place={place} />
      ) : (
        <>
          <p>{t('why')}</p>
          {isAnonymous ? (
            <ButtonLink href={`/sign-in?next=/shows/${show.id}`}>{t('signIn')}</ButtonLink>
          ) : (
            <Button isPending={isEntering || (hasEntered && !error)} onPress={enter}>
              {t('enter')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

type LineProps = Pick<WaitingRoomProps, 'show'> & { readonly place: NonNullable<AdmissionState['place']> };

function Line({ show, place: { position, estimatedWaitSeconds } }: LineProps) {
  const t = useTexts(waitTexts);
  const { number, time } = useFormats();
  const isEarly = Date.parse(show.salesOpenAt) > serverNow();
  return (
    <>
      <div role="status" aria-atomic="true">
        {position !== null ? (
          <p className={styles['position']}>
            <span>{t('position')}</span>
            <strong>{number(position)}</strong>
            {estimatedWaitSeconds !== null && (
              <span>{t('estimate', { minutes: Math.round(estimatedWaitSeconds / 60) })}</span>
            )}
          </p>
        ) : (
          <p>{isEarly ? t('early', { at: time(show.salesOpenAt, 'moment', show.venue.city.timeZone) }) : t('soon')}</p>
        )}
      </div>
      <div className={styles['bulbs']} aria-hidden="true">
        {Array.from({ length: 9 }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <p>{t('waiting')}</p>
    </>
  );
}
