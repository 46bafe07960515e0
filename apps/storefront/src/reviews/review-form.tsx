import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice, Row, TextField } from '@marquee/app-kit/ui';
import { type FormEvent, useState } from 'react';

import { UpdateReviewDocument, WriteReviewDocument } from '../generated/graphql.ts';
import styles from './reviews.module.css';
import { StarsField } from './stars-field.tsx';
import { reviewTexts } from './texts.ts';
import type { MyReview } from './my-review.ts';

export type ReviewSubject = { readonly titleId: string } | { readonly venueId: string };

export interface ReviewFormProps {
  readonly subject: ReviewSubject;
  /** The review to change; none to write one. */
  readonly review: MyReview | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Writes a review, or changes it. */
export function ReviewForm({ subject, review, onDone, onClose }: ReviewFormProps) {
  const t = useTexts(reviewTexts);
  const [stars, setStars] = useState(review?.stars ?? 0);
  const [text, setText] = useState(review?.text ?? '');
  const [isIncomplete, setIncomplete] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [write, writing] = useMutation(WriteReviewDocument);
  const [update, updating] = useMutation(UpdateReviewDocument);
  const error = writing.error ?? updating.error;

  const refusalOf = (typename: string): string =>
    t(typename === 'ConflictOfInterestError' ? 'ownWork' : review ? 'deleted' : 'exists');

  const send = async (): Promise<void> => {
    const said = { stars, text: text.trim() || null };
    if (review) {
      const { data } = await update({ variables: { input: { reviewId: review.id, ...said } } });
      if (data?.updateReview.__typename === 'UpdateReviewPayload') onDone();
      else if (data) setRefusal(refusalOf(data.updateReview.__typename));
    } else {
      const { data } = await write({ variables: { input: { subject, ...said } } });
      if (data?.writeReview.__typename === 'WriteReviewPayload') onDone();
      else if (data) setRefusal(refusalOf(data.writeReview.__typename));
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIncomplete(stars === 0);
    if (stars === 0) document.querySelector<HTMLInputElement>('input[name="stars"]')?.focus();
    else void send().catch(() => {});
  };

  return (
    <form className={styles['own']} onSubmit={onSubmit} noValidate>
      <h3>{t(review ? 'yours' : 'write')}</h3>
      <StarsField value={stars} onChange={setStars} problem={isIncomplete && stars === 0 ? t('noStars') : undefined} />
      <TextField label={t('text')} hint={t('textHint')} rows={5} maxLength={4_000} value={text} onChange={setText} />
      {refusal !== undefined && <Notice tone="bad">{refusal}</Notice>}
      {error && <ProblemNotice error={error} />}
      <Row>
        <Button type="submit" isPending={writing.loading || updating.loading}>
          {t(review ? 'save' : 'publish')}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {t('cancel')}
        </Button>
      </Row>
    </form>
  );
}
