import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice, RadioGroup, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { type ReportReason, ReportReviewDocument } from '../generated/graphql.ts';
import { reviewTexts } from './texts.ts';

const REASONS: readonly ReportReason[] = ['SPAM', 'ABUSE', 'SPOILER', 'OTHER'];

/** Reports a review for a reason. */
export function ReportDialog({ reviewId, onClose }: { readonly reviewId: string; readonly onClose: () => void }) {
  const t = useTexts(reviewTexts);
  const [reason, setReason] = useState<ReportReason>('SPAM');
  const [report, { data, error, loading }] = useMutation(ReportReviewDocument);
  const send = (): void => void report({ variables: { input: { reviewId, reason } } }).catch(() => {});
  return (
    <Dialog title={t('reportTitle')} isOpen onClose={onClose}>
      {data ? (
        <Notice tone="good">{t('reported')}</Notice>
      ) : (
        <>
          <p>{t('reportLead')}</p>
          <RadioGroup
            label={t('reason')}
            value={reason}
            choices={REASONS.map((id) => ({ id, text: t(id) }))}
            onChange={setReason}
          />
          {error && <ProblemNotice error={error} />}
          <Row>
            <Button isPending={loading} onPress={send}>
              {t('send')}
            </Button>
            <Button kind="quiet" onPress={onClose}>
              {t('cancel')}
            </Button>
          </Row>
        </>
      )}
    </Dialog>
  );
}
