import { useMutation } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Notice, Row, showToast, Soft, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  type ModerationDecision,
  type ModerationQueueQuery,
  ModerateReviewDocument,
  type ReviewDoubtsQuery,
} from '../generated/graphql.ts';
import styles from './moderation.module.css';
import { Stars } from './stars.tsx';
import { moderationTexts } from './texts.ts';

const MAX_NOTE = 500;

export interface ReviewToDecideProps {
  readonly review: ModerationQueueQuery['moderationQueue']['edges'][number]['node'];
  readonly more: ReviewDoubtsQuery['moderationQueue']['edges'][number]['node'] | undefined;
  readonly onDecided: () => void;
}

/** A review, why it waits, and the decision with a note to its author. */
export function ReviewToDecide({ review, more, onDecided }: ReviewToDecideProps) {
  const t = useTexts(moderationTexts);
  const { time } = useFormats();
  const action = useAction();
  const [note, setNote] = useState('');
  const [moderate] = useMutation(ModerateReviewDocument);
  const decide = async (decision: ModerationDecision): Promise<void> => {
    const isDone = await action.run(async () => {
      const { data } = await moderate({ variables: { reviewId: review.id, decision, note: note.trim() || null } });
      const result = data?.moderateReview;
      if (result?.__typename === 'ReviewDecidedError') return t('decidedBefore');
      return result?.__typename === 'ReviewChangedError' ? t('changed') : undefined;
    });
    if (!isDone) return;
    showToast({ id: review.id, title: t(decision === 'PUBLISH' ? 'published' : 'rejected') });
    onDecided();
  };
  const reasons = reasonCounts(review.reports ?? []);
  const subject = more?.title?.name ?? more?.venue?.name;
  return (
    <Card>
      <Row>
        <Stars stars={review.stars} />
        <strong>{review.author?.displayName ?? t('deleted')}</strong>
        {subject !== undefined && <Soft>{t('about', { name: subject })}</Soft>}
        {more && <Soft isSmall>{time(more.editedAt ?? more.createdAt, 'exact')}</Soft>}
        {more?.verifiedAttendee && <Badge tone="good">{t('wasThere')}</Badge>}
        <Badge>{t(review.status)}</Badge>
      </Row>
      <blockquote className={styles['text']}>{review.text ?? t('starsAlone')}</blockquote>
      <Row>
        {more?.doubts?.map((doubt) => (
          <Badge key={doubt} tone="warning">
            {t(doubt)}
          </Badge>
        ))}
        {reasons.map(([reason, count]) => (
          <Badge key={reason} tone="bad">
            {t('reports', { reason: t(reason), count })}
          </Badge>
        ))}
      </Row>
      <TextField label={t('note')} hint={t('noteHint')} rows={2} maxLength={MAX_NOTE} value={note} onChange={setNote} />
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Row>
        <Button isPending={action.isPending} onPress={() => void decide('PUBLISH')}>
          {t('publish')}
        </Button>
        <Button kind="danger" isPending={action.isPending} onPress={() => void decide('REJECT')}>
          {t('reject')}
        </Button>
      </Row>
    </Card>
  );
}

type Report = NonNullable<ReviewToDecideProps['review']['reports']>[number];

function reasonCounts(reports: readonly Report[]): readonly (readonly [Report['reason'], number])[] {
  const counts = new Map<Report['reason'], number>();
  for (const { reason } of reports) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts];
}
