import { useMutation } from '@apollo/client/react';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, ProblemNotice, Row, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { DeleteReviewDocument } from '../generated/graphql.ts';
import { Stars } from '../titles/stars.tsx';
import { ReviewForm, type ReviewSubject } from './review-form.tsx';
import styles from './reviews.module.css';
import { reviewTexts } from './texts.ts';
import type { MyReview } from './my-review.ts';

export interface OwnReviewProps {
  readonly subject: ReviewSubject;
  readonly path: string;
  readonly review: MyReview | null;
  readonly onChange: () => void;
}

/** The person's own review: written, changed, deleted, and who sees it. */
export function OwnReview({ subject, path, review, onChange }: OwnReviewProps) {
  const t = useTexts(reviewTexts);
  const isSignedIn = useSessionState() === 'signed-in';
  const [isWriting, setWriting] = useState(false);
  if (!isSignedIn)
    return (
      <ButtonLink kind="quiet" href={`/sign-in?next=${encodeURIComponent(path)}`}>
        {t('signIn')}
      </ButtonLink>
    );
  if (isWriting)
    return (
      <ReviewForm
        subject={subject}
        review={review}
        onClose={() => setWriting(false)}
        onDone={() => {
          setWriting(false);
          onChange();
        }}
      />
    );
  return review ? (
    <WrittenReview review={review} onEdit={() => setWriting(true)} onChange={onChange} />
  ) : (
    <Button onPress={() => setWriting(true)}>{t('write')}</Button>
  );
}

interface WrittenReviewProps {
  readonly review: MyReview;
  readonly onEdit: () => void;
  readonly onChange: () => void;
}

function WrittenReview({ review, onEdit, onChange }: WrittenReviewProps) {
  const t = useTexts(reviewTexts);
  const [isSure, setSure] = useState(false);
  const [remove, { error, loading }] = useMutation(DeleteReviewDocument);
  const onRemove = async (): Promise<void> => {
    const { data } = await remove({ variables: { reviewId: review.id } });
    // One that is gone already is as good.
    if (data) onChange();
  };
  return (
    <div className={styles['own']}>
      <h3>{t('yours')}</h3>
      <Stars stars={review.stars} />
      {review.text && <p className={styles['text']}>{review.text}</p>}
      {review.status === 'PUBLISHED' ? (
        <Soft isSmall>{t('PUBLISHED')}</Soft>
      ) : (
        <Notice tone="warning">{t(review.status)}</Notice>
      )}
      {error && <ProblemNotice error={error} />}
      {isSure ? (
        <>
          <p role="status">{t('removeSure')}</p>
          <Row>
            <Button kind="danger" isPending={loading} onPress={() => void onRemove().catch(() => {})}>
              {t('remove')}
            </Button>
            <Button kind="quiet" onPress={() => setSure(false)}>
              {t('keep')}
            </Button>
          </Row>
        </>
      ) : (
        <Row>
          <Button kind="quiet" onPress={onEdit}>
            {t('change')}
          </Button>
          <Button kind="danger" onPress={() => setSure(true)}>
            {t('remove')}
          </Button>
        </Row>
      )}
    </div>
  );
}
