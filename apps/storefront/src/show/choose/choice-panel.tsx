import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Soft } from '@marquee/app-kit/ui';

import { Countdown } from '../../holds/countdown.tsx';
import type { MyHold } from '../../holds/use-my-holds.ts';
import type { PlacedSeat } from '../map/hall.ts';
import type { Tier } from '../use-show.ts';
import styles from './choose.module.css';
import { sumOf } from './sum-of.ts';
import { chooseTexts } from './texts.ts';
import type { Choice } from './use-choice.ts';

export interface ChoicePanelProps {
  readonly choice: Choice;
  readonly holds: readonly MyHold[];
  readonly tiers: readonly Tier[];
  readonly nameOf: (seat: PlacedSeat) => string;
  readonly isPending: boolean;
  readonly isAnonymous: boolean;
  readonly onHold: () => void;
  readonly onGiveUp: () => void;
  readonly onEnd: () => void;
}

/** The chosen seats with their prices, and the step to hold or to pay them. */
export function ChoicePanel({ choice, holds, tiers, nameOf, isPending, isAnonymous, ...steps }: ChoicePanelProps) {
  const t = useTexts(chooseTexts);
  const { money } = useFormats();
  const priceOf = (tierId: string) => tiers.find(({ id }) => id === tierId)?.allInPrice ?? undefined;
  const { seats } = choice;
  const total = sumOf(seats.map(({ tierId }) => priceOf(tierId)));
  const [first] = holds;
  const standing = holds.flatMap((hold) => hold.seats).filter(({ row }) => row === '').length;
  return (
    <section
      className={styles['panel']}
      aria-label={t('yours')}
      data-is-empty={seats.length === 0 && holds.length === 0}
    >
      <h2>{t('yours')}</h2>
      {standing > 0 && <strong>{t('standingHeld', { count: standing })}</strong>}
      {seats.length === 0 ? (
        standing === 0 && <Soft>{t('nothing')}</Soft>
      ) : (
        <ul className={styles['seats']}>
          {seats.map((seat) => (
            <ChosenSeat
              key={seat.id}
              name={nameOf(seat)}
              detail={`${seat.section} · ${tiers.find(({ id }) => id === seat.tierId)?.name ?? ''}`}
              price={priceOf(seat.tierId)}
              onRemove={() => choice.toggle(seat)}
            />
          ))}
        </ul>
      )}
      {total && seats.length > 0 && (
        <p className={styles['total']}>
          <span>{t('total')}</span>
          <strong>{money(total)}</strong>
        </p>
      )}
      {first && (
        <p>
          {t('heldFor')} <Countdown until={first.expiresAt} onEnd={steps.onEnd} />
        </p>
      )}
      <Steps {...{ choice, holds, isPending, isAnonymous, ...steps }} price={total ? money(total) : ''} />
    </section>
  );
}

type StepsProps = Omit<ChoicePanelProps, 'tiers' | 'nameOf'> & { readonly price: string };

function Steps({ choice, holds, isPending, isAnonymous, onHold, onGiveUp, price }: StepsProps) {
  const t = useTexts(chooseTexts);
  const { money } = useFormats();
  const { seats, isHeld } = choice;
  const isChange = seats.length > 0 && !isHeld;
  return (
    <div className={styles['steps']}>
      {isChange && (
        <Button isPending={isPending} onPress={onHold}>
          {isAnonymous ? t('signIn') : t('hold', { count: seats.length, price })}
        </Button>
      )}
      {isChange && <Soft isSmall>{isAnonymous ? t('signInHint') : t('holdHint')}</Soft>}
      {!isChange &&
        holds.map(({ id, price: cost }) => (
          <ButtonLink key={id} href={`/checkout/${id}`}>
            {t('pay', { price: cost ? money(cost.total) : price })}
          </ButtonLink>
        ))}
      {holds.length > 0 && (
        <Button kind="bare" isDisabled={isPending} onPress={onGiveUp}>
          {t('giveUp')}
        </Button>
      )}
    </div>
  );
}

interface ChosenSeatProps {
  readonly name: string;
  readonly detail: string;
  readonly price: Tier['allInPrice'] | undefined;
  readonly onRemove: () => void;
}

function ChosenSeat({ name, detail, price, onRemove }: ChosenSeatProps) {
  const t = useTexts(chooseTexts);
  const { money } = useFormats();
  return (
    <li>
      <span>
        <strong>{name}</strong> <Soft isSmall>{detail}</Soft>
      </span>
      <span className={styles['price']}>{price && money(price)}</span>
      <Button kind="bare" aria-label={t('remove', { seat: name })} onPress={onRemove}>
        ✕
      </Button>
    </li>
  );
}
