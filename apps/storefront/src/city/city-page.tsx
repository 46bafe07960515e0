import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Empty, Page, ProblemNotice, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';

import { CityDocument } from '../generated/graphql.ts';
import { CityButton } from './city-button.tsx';
import styles from './city.module.css';
import { chooseCity } from './city.ts';
import { cityTexts } from './texts.ts';

/** A city and its venues. */
export function Component() {
  const t = useTexts(cityTexts);
  const { time } = useFormats();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [now] = useState(() => new Date());
  const { data, error, refetch } = useQuery(CityDocument, { variables: { id } });
  const city = data?.city;
  const show = (): void => {
    if (city) chooseCity(city);
    void navigate('/');
  };
  return (
    <Page title={city?.name ?? t('list')}>
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('loading')} />}
      {data && !city && (
        <Empty>
          <p>{t('missing')}</p>
          <CityButton />
        </Empty>
      )}
      {city && (
        <>
          <p>
            <Soft>
              {t('facts', {
                country: city.country,
                currency: city.currency,
                time: time(now, 'time', city.timeZone),
              })}
            </Soft>
          </p>
          <div>
            <Button onPress={show}>{t('showThis', { city: city.name })}</Button>
          </div>
          <h2>{t('venues', { city: city.name })}</h2>
          <ul className={styles['venues']}>
            {city.venues.edges.map(({ node }) => (
              <li key={node.id}>
                <Link to={`/venues/${node.id}`} className={styles['venue']}>
                  <strong>{node.name}</strong>
                  <Soft isSmall>{node.address}</Soft>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
