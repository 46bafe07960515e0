import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, RadioGroup, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { RateSupportDocument } from '../generated/graphql.ts';
import { chatTexts } from './chat-texts.ts';

const SCORES = ['5', '4', '3', '2', '1'] as const;
type Score = (typeof SCORES)[number];

export interface RatingProps {
  readonly ticketId: string;
  readonly satisfaction: { readonly score: number; readonly comment: string | null } | null;
}

/** Asks once how content the person is. */
export function Rating({ ticketId, satisfaction }: RatingProps) {
  const t = useTexts(chatTexts);
  const [rate] = useMutation(RateSupportDocument);
  const { run, isPending, problem } = useAction();
  const [score, setScore] = useState<Score | null>(null);
  const [comment, setComment] = useState('');
  const [isChecked, setChecked] = useState(false);
  if (satisfaction) return <Notice tone="good">{t('rated', { score: satisfaction.score })}</Notice>;
  const send = (): void => {
    setChecked(true);
    if (score === null) return;
    void run(async () => {
      const variables = { ticketId, score: Number(score), comment: comment.trim() || null };
      const { data } = await rate({ variables });
      const result = data?.rateSupport;
      return result && result.__typename !== 'RateSupportPayload' ? t(result.__typename) : undefined;
    });
  };
  return (
    <Card>
      <h2>{t('rate')}</h2>
      <Form onSubmit={send}>
        {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
        <RadioGroup
          label={t('rateLabel')}
          value={score}
          choices={SCORES.map((id) => ({ id, text: t(`score${id}`) }))}
          onChange={setScore}
          problem={isChecked && score === null ? t('needScore') : undefined}
        />
        <TextField label={t('comment')} rows={2} maxLength={1000} value={comment} onChange={setComment} />
        <div>
          <Button type="submit" kind="quiet" isPending={isPending}>
            {t('sendRating')}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
