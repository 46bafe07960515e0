import { useMutation } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Notice, Row, Soft, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { ReplyToReviewDocument, type VenueReviewsQuery } from '../generated/graphql.ts';
import styles from './moderation.module.css';
import { Stars } from './stars.tsx';
import { moderationTexts } from './texts.ts';

const MAX_REPLY = 2_000;

type Review = NonNullable<NonNullable<VenueReviewsQuery['venue']>['reviews']>['edges'][number]['node'];

/** Moves the focus to the field that took the button's place. */
const focusField = (node: HTMLElement | null): void => node?.querySelector('textarea')?.focus();

/** A review of the venue, and its reply, which another takes the place of. */
export function VenueReview({ review }: { readonly review: Review }) {
  const t = useTexts(moderationTexts);
  const { time } = useFormats();
  const action = useAction();
  const [text, setText] = useState<string>();
  const [reply] = useMutation(ReplyToReviewDocument);
  const isEmpty = text?.trim() === '';
  const send = async (): Promise<void> => {
    const isDone = await action.run(async () => {
      const { data } = await reply({ variables: { reviewId: review.id, text: text?.trim() ?? '' } });
      return data?.replyToReview.__typename === 'ReviewTakesNoReplyError' ? t('noReply') : undefined;
    });
    if (isDone) setText(undefined);
  };
  return (
    <Card>
      <Row>
        <Stars stars={review.stars} />
        <strong>{review.author?.displayName ?? t('deleted')}</strong>
        <Soft isSmall>{time(review.createdAt, 'date')}</Soft>
        {review.verifiedAttendee && <Badge tone="good">{t('wasThere')}</Badge>}
      </Row>
      <p className={styles['plain']}>{review.text ?? t('starsAlone')}</p>
      {review.reply && text === undefined && (
        <blockquote className={styles['text']}>
          <Soft isSmall>{t('replied', { date: time(review.reply.at, 'date') })}</Soft>
          <p>{review.reply.text}</p>
        </blockquote>
      )}
      {text === undefined ? (
        <div>
          <Button kind="quiet" onPress={() => setText(review.reply?.text ?? '')}>
            {review.reply ? t('changeReply') : t('reply')}
          </Button>
        </div>
      ) : (
        <>
          <div ref={focusField}>
            <TextField label={t('publicReply')} rows={3} maxLength={MAX_REPLY} value={text} onChange={setText} />
          </div>
          {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
          <Row>
            <Button isPending={action.isPending} isDisabled={isEmpty} onPress={() => void send()}>
              {t('sendReply')}
            </Button>
            <Button kind="quiet" onPress={() => setText(undefined)}>
              {t('cancel')}
            </Button>
          </Row>
        </>
      )}
    </Card>
  );
}
