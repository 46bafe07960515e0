import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Empty, ProblemNotice, RadioGroup, Skeleton, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { MoveSeatsDocument } from '../../generated/graphql.ts';
import { seatGroups } from './groups.ts';
import type { MoveProps } from './move.ts';
import styles from './move.module.css';
import { MoveSummary } from './move-summary.tsx';
import { moveTexts } from './texts.ts';

/** As many groups as one can compare. */
const SHOWN = 8;

/** Seats side by side in another show, of which one chooses a group. */
export function SeatStep(props: MoveProps & { readonly showId: string }) {
  const { showId, count } = props;
  const t = useTexts(moveTexts);
  const { money } = useFormats();
  const [chosen, setChosen] = useState<string>();
  const { data, error, loading, refetch } = useQuery(MoveSeatsDocument, {
    variables: { showId },
    fetchPolicy: 'no-cache',
  });
  if (loading && !data) return <Skeleton label={t('loadingSeats')} />;
  if (error) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  const tiers = new Map(data?.show?.priceTiers.map((tier) => [tier.id, tier]));
  const groups = seatGroups(data?.show?.seatMap?.sections ?? [], count).slice(0, SHOWN);
  const group = groups.find(({ key }) => key === chosen) ?? groups[0];
  if (!group)
    return (
      <Empty>
        <p>{t('noSeats')}</p>
      </Empty>
    );
  const priceOf = (tierId: string) => {
    const price = tiers.get(tierId)?.allInPrice;
    return price ? { ...price, amount: price.amount * count } : undefined;
  };
  return (
    <>
      <RadioGroup
        label={t('seats')}
        value={group.key}
        choices={groups.map(({ key, section, row, tierId, seats }) => {
          const price = priceOf(tierId);
          const numbers = seats.map(({ number }) => number);
          const text = t('group', {
            ...{ row, count: seats.length },
            first: String(Math.min(...numbers)),
            last: String(Math.max(...numbers)),
          });
          return {
            id: key,
            text: (
              <span className={styles['choice']}>
                <span>{text}</span>
                <Soft isSmall>
                  {section}, {tiers.get(tierId)?.name}
                  {price && ` · ${money(price)}`}
                </Soft>
              </span>
            ),
          };
        })}
        onChange={setChosen}
      />
      <MoveSummary {...props} group={group} price={priceOf(group.tierId)} onTaken={() => void refetch()} />
    </>
  );
}
