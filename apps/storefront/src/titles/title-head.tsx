import { skipToken, useQuery } from '@apollo/client/react';
import { Backdrop, Poster } from '@marquee/app-kit/picture';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { TitleCastDocument, type TitlePageQuery } from '../generated/graphql.ts';
import { Rating } from './stars.tsx';
import { titleTexts } from './texts.ts';
import styles from './title-head.module.css';
import { useCatalogWords } from './words.ts';

type Title = NonNullable<TitlePageQuery['title']>;

/** The title's picture, and the facts about it. */
export function TitleHead({ title }: { readonly title: Title }) {
  const t = useTexts(titleTexts);
  const { day } = useFormats();
  const { genre, language } = useCatalogWords();
  const { list } = useFormats();
  const { data: cast } = useQuery(TitleCastDocument, title ? { variables: { id: title.id } } : skipToken);
  const performers =
    title.__typename === 'LiveEvent'
      ? title.performers
      : cast?.title?.__typename === 'Movie'
        ? cast.title.performers
        : [];
  const director =
    title.__typename === 'Movie'
      ? title.director
      : cast?.title?.__typename === 'LiveEvent'
        ? cast.title.director
        : null;
  const facts: readonly (readonly [term: string, text: string | null | undefined | false])[] = [
    [t('director'), director],
    [t('cast'), performers.length > 0 && list(performers)],
    [t('languages'), list(title.languages.map(language))],
    [t('released'), title.releaseDate && day(title.releaseDate, 'date')],
  ];
  const [hours, minutes] = [Math.floor(title.durationMinutes / 60), title.durationMinutes % 60];
  return (
    <div className={styles['head']}>
      <div className={styles['scene']}>
        <Backdrop title={title} />
      </div>
      <div className={styles['poster']}>
        <Poster title={title} isDecorative />
      </div>
      <div className={styles['text']}>
        <h1>{title.name}</h1>
        <p className={styles['line']}>
          {title.rating?.average && <Rating average={title.rating.average} />}
          {title.rating && <a href="#reviews">{t('reviews', { count: title.rating.count })}</a>}
          <Soft>{t('duration', { hours, minutes })}</Soft>
          {title.ageRating && <Badge>{title.ageRating}</Badge>}
          <Badge>{t(title.__typename)}</Badge>
        </p>
        <ul className={styles['genres']}>
          {title.genres.map((one) => (
            <li key={one}>
              <Link to={`/search?${new URLSearchParams({ genre: one })}`}>{genre(one)}</Link>
            </li>
          ))}
        </ul>
        <p className={styles['description']}>{title.description}</p>
        <dl className={styles['facts']}>
          {facts.map(
            ([term, text]) =>
              text && (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{text}</dd>
                </div>
              ),
          )}
        </dl>
      </div>
    </div>
  );
}
