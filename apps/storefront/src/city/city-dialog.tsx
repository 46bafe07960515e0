import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice, Skeleton, Soft, TextField, useDebounced } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { CitiesDocument, type GeoPointInput } from '../generated/graphql.ts';
import styles from './city.module.css';
import { chooseCity, useCity } from './city.ts';
import { usePosition } from './position.ts';
import { cityTexts } from './texts.ts';

/** Cities by name, or the nearest first. */
export function CityDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(cityTexts);
  const { cityId } = useCity();
  const [text, setText] = useState('');
  const [near, setNear] = useState<GeoPointInput>();
  const position = usePosition(setNear);
  const search = useDebounced(text.trim());
  const { data, previousData, error, refetch } = useQuery(CitiesDocument, {
    variables: { search: search || null, near: near ?? null },
  });
  const cities = (data ?? previousData)?.cities?.edges.map(({ node }) => node);
  return (
    <Dialog title={t('choose')} isOpen onClose={onClose}>
      <TextField label={t('search')} type="search" value={text} onChange={setText} />
      <div>
        <Button kind="quiet" onPress={position.ask} isPending={position.isAsking}>
          {t('near')}
        </Button>{' '}
        <Soft isSmall>{t('nearHint')}</Soft>
      </div>
      {position.isDenied && <Notice tone="warning">{t('denied')}</Notice>}
      {error && !cities && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!cities && !error && <Skeleton label={t('loading')} />}
      {cities?.length === 0 && <Notice>{t('none')}</Notice>}
      <ul className={styles['list']} aria-label={t('list')}>
        {cities?.map((city) => (
          <li key={city.id}>
            <button
              type="button"
              aria-current={city.id === cityId ? 'true' : undefined}
              onClick={() => {
                chooseCity(city);
                onClose();
              }}
            >
              <strong>{city.name}</strong> <Soft isSmall>{city.country}</Soft>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
