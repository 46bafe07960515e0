import { skipToken, useQuery } from '@apollo/client/react';
import type { PicturedTitle } from '@marquee/app-kit/picture';
import { useTexts } from '@marquee/app-kit/text';

import { useCity } from '../city/city.ts';
import { SearchDocument } from '../generated/graphql.ts';
import { Shelf } from '../home/shelf.tsx';
import { titleTexts } from './texts.ts';
import { TitleCard } from './title-card.tsx';

const COUNT = 13;

/** Titles of the same genre in the city. */
export function Similar({ title }: { readonly title: PicturedTitle }) {
  const t = useTexts(titleTexts);
  const { cityId } = useCity();
  const [genre] = title.genres ?? [];
  const { data } = useQuery(
    SearchDocument,
    cityId === undefined || genre === undefined
      ? skipToken
      : { variables: { text: '', cityId, filter: { genres: [genre] }, first: COUNT, after: null } },
  );
  const others = (data?.search.edges ?? []).flatMap(({ node }) =>
    node && node.__typename !== 'Venue' && node.id !== title.id ? [node] : [],
  );
  if (others.length === 0) return null;
  return (
    <Shelf title={t('similar')}>
      {others.map((node) => (
        <li key={node.id}>
          <TitleCard title={{ genres: genre === undefined ? [] : [genre], ...node }} />
        </li>
      ))}
    </Shelf>
  );
}
