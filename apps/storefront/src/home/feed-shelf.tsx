import { useFormats, useTexts } from '@marquee/app-kit/text';

import type { ChosenCity } from '../city/city.ts';
import type { HomeShelvesQuery } from '../generated/graphql.ts';
import { TitleCard } from '../titles/title-card.tsx';
import { Shelf } from './shelf.tsx';
import { SponsoredCard } from './sponsored-card.tsx';
import { homeTexts } from './texts.ts';

export type FeedSection = NonNullable<HomeShelvesQuery['homeFeed']>['sections']['edges'][number]['node'];

/** A section of the feed. Cards whose title cannot be had are left out. */
export function FeedShelf({ section, city }: { readonly section: FeedSection; readonly city: ChosenCity | undefined }) {
  return (
    <Shelf title={section.title}>
      {section.items.map((item) => {
        if (!item.title) return null;
        return item.__typename === 'SponsoredCard' ? (
          <li key={item.impressionToken}>
            <SponsoredCard card={item} cityId={city?.id} />
          </li>
        ) : (
          <li key={item.title.id}>
            <TitleCard title={item.title} isRatingHidden>
              <span>{item.reason}</span>
              {item.nextShow && <NextShow show={item.nextShow} city={city} />}
            </TitleCard>
          </li>
        );
      })}
    </Shelf>
  );
}

type Item = FeedSection['items'][number];
type NextShowOf = NonNullable<Extract<Item, { __typename: 'TitleCard' }>['nextShow']>;

function NextShow({ show, city }: { readonly show: NextShowOf; readonly city: ChosenCity | undefined }) {
  const t = useTexts(homeTexts);
  const { time, money } = useFormats();
  return (
    <>
      <span>{t('next', { when: time(show.startsAt, 'moment', city?.timeZone), venue: show.venue.name })}</span>
      <strong>{t('from', { price: money(show.priceFrom) })}</strong>
    </>
  );
}
