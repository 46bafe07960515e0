import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Card, Empty, Page, ProblemNotice, Row, Skeleton, Soft } from '@marquee/app-kit/ui';

import { venuesTexts } from './texts.ts';
import { useVenues } from './use-venues.ts';
import styles from './venues.module.css';

export function Component() {
  const t = useTexts(venuesTexts);
  const { venues, choose, isLoading, error, retry } = useVenues();
  return (
    <Page title={t('title')} actions={<ButtonLink href="/venues/new">{t('add')}</ButtonLink>}>
      {isLoading && <Skeleton label={t('loading')} />}
      {error && <ProblemNotice error={error} onRetry={retry} />}
      {!isLoading && !error && venues.length === 0 && <Empty>{t('noVenues')}</Empty>}
      <ul className={styles['list']}>
        {venues.map(({ id, name, address, screens }) => (
          <li key={id}>
            <Card>
              <h2>{name}</h2>
              <Soft>{address}</Soft>
              <ul className={styles['screens']}>
                {screens.map((screen) => (
                  <li key={screen.id}>
                    <span>{screen.name}</span>
                    <Soft isSmall>{t('places', { count: screen.capacity })}</Soft>
                  </li>
                ))}
              </ul>
              <Soft isSmall>
                {t('screens', { count: screens.length })} ·{' '}
                {t('places', { count: screens.reduce((sum, { capacity }) => sum + capacity, 0) })}
              </Soft>
              <Row>
                <ButtonLink kind="quiet" href={`/venues/${id}`}>
                  {t('edit')}
                </ButtonLink>
                <span onClickCapture={() => choose(id)}>
                  <ButtonLink kind="quiet" href="/schedule">
                    {t('schedule')}
                  </ButtonLink>
                </span>
              </Row>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
