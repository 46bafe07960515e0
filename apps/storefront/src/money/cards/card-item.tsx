import { useSend } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Dialog, Notice, ProblemNotice, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  type MyPaymentMethodsQuery,
  RemovePaymentMethodDocument,
  SetDefaultPaymentMethodDocument,
} from '../../generated/graphql.ts';
import { useCardName } from '../../paying/index.ts';
import styles from './cards.module.css';
import { hasExpired } from './expiry.ts';
import { cardTexts } from './texts.ts';

type SavedCard = NonNullable<NonNullable<MyPaymentMethodsQuery['viewer']>['paymentMethods']>[number];

interface CardItemProps {
  readonly card: SavedCard;
  readonly onChange: () => void;
}

/** A saved card, drawn as one, with what one can do with it. */
export function CardItem({ card, onChange }: CardItemProps) {
  const t = useTexts(cardTexts);
  const name = useCardName()(card);
  const [isAsking, setAsking] = useState(false);
  const [now] = useState(() => new Date());
  const choosing = useSend(SetDefaultPaymentMethodDocument);
  const removing = useSend(RemovePaymentMethodDocument);
  const isExpired = hasExpired(card, now);
  const makeDefault = async (): Promise<void> => {
    if (await choosing.send({ id: card.id })) onChange();
  };
  const remove = async (): Promise<void> => {
    if (!(await removing.send({ id: card.id }))) return;
    setAsking(false);
    onChange();
  };
  return (
    <article className={styles['item']}>
      <div className={isExpired ? `${styles['card']} ${styles['expired']}` : styles['card']}>
        <span className={styles['brand']}>{card.brand}</span>
        <span className={styles['digits']}>•••• {card.last4}</span>
        <span>
          {String(card.expiryMonth).padStart(2, '0')}/{card.expiryYear}
        </span>
      </div>
      <Row>
        {card.default && <Badge tone="good">{t('isDefault')}</Badge>}
        {isExpired && <Badge tone="bad">{t('expired')}</Badge>}
        {!card.default && !isExpired && (
          <Button
            kind="bare"
            aria-label={t('makeDefaultOf', { card: name })}
            isPending={choosing.isPending}
            onPress={() => void makeDefault()}
          >
            {t('makeDefault')}
          </Button>
        )}
        <Button kind="bare" aria-label={t('removeOf', { card: name })} onPress={() => setAsking(true)}>
          {t('remove')}
        </Button>
      </Row>
      {choosing.refusal && <Notice tone="bad">{t('expiredCard')}</Notice>}
      {choosing.problem !== undefined && <ProblemNotice error={choosing.problem} />}
      <Dialog title={t('removeTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{t('removeText', { card: name })}</p>
        {removing.refusal && <Notice tone="bad">{t('inUse')}</Notice>}
        {removing.problem !== undefined && <ProblemNotice error={removing.problem} />}
        <Row>
          <Button kind="danger" isPending={removing.isPending} onPress={() => void remove()}>
            {t('remove')}
          </Button>
          <Button kind="quiet" onPress={() => setAsking(false)}>
            {t('keep')}
          </Button>
        </Row>
      </Dialog>
    </article>
  );
}
