import { skipToken, useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Empty, Soft } from '@marquee/app-kit/ui';
import { Link, useSearchParams } from 'react-router';

import { useCity } from '../city/city.ts';
import { HomeFeedDocument } from '../generated/graphql.ts';
import { withParam } from './params.ts';
import styles from './search.module.css';
import { searchTexts } from './texts.ts';

const FEW = 8;

/** Nothing was found: what to change, and what others look at. */
export function NoResults({ text, isFiltered }: { readonly text: string; readonly isFiltered: boolean }) {
  const t = useTexts(searchTexts);
  const { time } = useFormats();
  const { cityId, city } = useCity();
  const [params] = useSearchParams();
  const { data } = useQuery(
    HomeFeedDocument,
    cityId === undefined ? skipToken : { variables: { cityId, after: null } },
  );
  const cards = (data?.homeFeed?.sections.edges ?? [])
    .flatMap(({ node }) => node.items)
    .flatMap((item) => (item.__typename === 'TitleCard' && item.title ? [{ ...item, title: item.title }] : []));
  const few = [...new Map(cards.map((card) => [card.title.id, card])).values()].slice(0, FEW);
  return (
    <Empty>
      <p>{isFiltered ? t('noneFiltered') : t('none', { text })}</p>
      <p>{t('tryLess', { city: city?.name ?? '' })}</p>
      {!params.has('everywhere') && (
        <ButtonLink kind="quiet" href={`/search?${withParam(params, 'everywhere', '1')}`}>
          {t('everywhere')}
        </ButtonLink>
      )}
      {few.length > 0 && <p>{t('tryThese')}</p>}
      <ul className={styles['few']}>
        {few.map(({ title, nextShow }) => (
          <li key={title.id}>
            <Link to={`/titles/${title.id}`}>{title.name}</Link>{' '}
            {nextShow && <Soft isSmall>{time(nextShow.startsAt, 'moment', city?.timeZone)}</Soft>}
          </li>
        ))}
      </ul>
    </Empty>
  );
}
