import { Poster } from '@marquee/app-kit/picture';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, Soft } from '@marquee/app-kit/ui';
import { Link } from 'react-router';

import { PinIcon } from '../frame/icons.tsx';
import type { SearchPageQuery } from '../generated/graphql.ts';
import { Rating } from '../titles/stars.tsx';
import { useCatalogWords } from '../titles/words.ts';
import { track } from '../tracking/index.ts';
import { Highlighted } from './highlighted.tsx';
import type { SearchState } from './params.ts';
import styles from './search.module.css';
import { searchTexts } from './texts.ts';

type Node = NonNullable<SearchPageQuery['search']['edges'][number]['node']>;

export interface ResultProps {
  readonly node: Node;
  readonly highlight: string | null;
  readonly state: SearchState;
  readonly cityId: string | null;
  /** Its place in the list, from 0. */
  readonly position: number;
}

/** A title or a venue that was found. */
export function Result({ node, highlight, state, cityId, position }: ResultProps) {
  const isVenue = node.__typename === 'Venue';
  const onFollow = (): void =>
    track('search_click', {
      ...(isVenue ? { venueId: node.id } : { titleId: node.id }),
      ...(state.text !== '' && { searchText: state.text }),
      cityId,
      properties: { position },
    });
  return (
    <Link to={`/${isVenue ? 'venues' : 'titles'}/${node.id}`} className={styles['result']} onClick={onFollow}>
      <span className={styles['thumb']}>
        {isVenue ? (
          <span className={styles['pin']}>
            <PinIcon />
          </span>
        ) : (
          <Poster title={node} isDecorative />
        )}
      </span>
      <span className={styles['facts']}>
        <strong className={styles['name']}>
          <Name node={node} highlight={highlight} />
        </strong>
        <Facts node={node} />
      </span>
    </Link>
  );
}

/** The name with the matches in it. Where another text matches, such as a person, that text follows. */
function Name({ node, highlight }: Pick<ResultProps, 'node' | 'highlight'>) {
  const isOfName = highlight !== null && plain(highlight) === plain(node.name);
  return (
    <>
      <Highlighted highlight={isOfName ? highlight : null} name={node.name} />
      {highlight !== null && !isOfName && (
        <span className={styles['match']}>
          <Highlighted highlight={highlight} name="" />
        </span>
      )}
    </>
  );
}

const plain = (text: string): string => text.replaceAll(/<\/?mark>|&#?\w+;|[&<>"']/g, '');

function Facts({ node }: { readonly node: Node }) {
  const t = useTexts(searchTexts);
  const { genre } = useCatalogWords();
  if (node.__typename === 'Venue')
    return (
      <>
        <Soft isSmall>
          {t('venueIn', { city: node.city.name })} · {node.address}
        </Soft>
        {node.rating?.average && <Rating average={node.rating.average} />}
      </>
    );
  return (
    <>
      <span className={styles['badges']}>
        <Badge>{t(node.__typename === 'Movie' ? 'MOVIE' : 'LIVE_EVENT')}</Badge>
        <Soft isSmall>{[...node.genres.map(genre), node.releaseDate?.slice(0, 4)].filter(Boolean).join(' · ')}</Soft>
      </span>
      {node.rating?.average && <Rating average={node.rating.average} />}
    </>
  );
}
