import { useMutation } from '@apollo/client/react';
import { useSessionState } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, ProblemNotice, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { MarkReviewHelpfulDocument, UnmarkReviewHelpfulDocument } from '../generated/graphql.ts';
import { Stars } from '../titles/stars.tsx';
import { ReportDialog } from './report-dialog.tsx';
import styles from './reviews.module.css';
import { reviewTexts } from './texts.ts';

export interface ShownReview {
  readonly id: string;
  readonly stars: number;
  readonly text: string | null;
  readonly helpfulCount: number;
  readonly verifiedAttendee: boolean;
  readonly author: { readonly id: string; readonly displayName: string } | null;
  readonly reply?: { readonly text: string; readonly at: string } | null;
  readonly createdAt: string;
}

export interface ReviewItemProps {
  readonly review: ShownReview;
  readonly path: string;
}

/** Somebody else's review. */
export function ReviewItem({ review, path }: ReviewItemProps) {
  const t = useTexts(reviewTexts);
  const { time } = useFormats();
  return (
    <article className={styles['review']}>
      <p className={styles['line']}>
        <Stars stars={review.stars} />
        <strong>{review.author?.displayName ?? t('former')}</strong>
        {review.verifiedAttendee && <Badge tone="good">{t('verified')}</Badge>}
        <Soft isSmall>
          <time dateTime={review.createdAt}>{time(review.createdAt, 'date')}</time>
        </Soft>
      </p>
      {review.text && <p className={styles['text']}>{review.text}</p>}
      {review.reply && (
        <blockquote className={styles['reply']}>
          <strong>{t('reply')}</strong>
          <p>{review.reply.text}</p>
        </blockquote>
      )}
      <Actions review={review} path={path} />
    </article>
  );
}

function Actions({ review, path }: { readonly review: ShownReview; readonly path: string }) {
  const t = useTexts(reviewTexts);
  const navigate = useNavigate();
  const isSignedIn = useSessionState() === 'signed-in';
  const [isMarked, setMarked] = useState(false);
  const [isReporting, setReporting] = useState(false);
  const [mark, marking] = useMutation(MarkReviewHelpfulDocument);
  const [unmark, unmarking] = useMutation(UnmarkReviewHelpfulDocument);
  const error = marking.error ?? unmarking.error;
  const signedIn = (act: () => void) => () =>
    isSignedIn ? act() : void navigate(`/sign-in?next=${encodeURIComponent(path)}`);
  const toggle = async (): Promise<void> => {
    const { error: refused } = await (isMarked ? unmark : mark)({ variables: { reviewId: review.id } });
    if (!refused) setMarked(!isMarked);
  };
  return (
    <>
      <div className={styles['actions']}>
        <button
          type="button"
          className={styles['helpful']}
          aria-pressed={isMarked}
          disabled={marking.loading || unmarking.loading}
          onClick={signedIn(() => void toggle().catch(() => {}))}
        >
          {t('helpful')}
        </button>
        <Soft isSmall>{t('helpfulCount', { count: review.helpfulCount })}</Soft>
        <Button kind="bare" onPress={signedIn(() => setReporting(true))}>
          {t('report')}
        </Button>
      </div>
      {error && <ProblemNotice error={error} />}
      {isReporting && <ReportDialog reviewId={review.id} onClose={() => setReporting(false)} />}
    </>
  );
}
