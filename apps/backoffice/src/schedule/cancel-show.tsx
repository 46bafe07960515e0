import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice, Row, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { useForm } from '../forms/use-form.ts';
import { CancelShowDocument } from '../generated/graphql.ts';
import styles from './schedule.module.css';
import type { Show } from './show.ts';
import { scheduleTexts } from './texts.ts';

/** Cancels a show, after saying how many tickets are refunded. */
export function CancelShow({ show }: { readonly show: Show }) {
  const t = useTexts(scheduleTexts);
  const [isOpen, setOpen] = useState(false);
  const [cancel, { loading, error, data }] = useMutation(CancelShowDocument);
  const { field, form } = useForm({ reason: '' }, ({ reason }) => ({
    ...(reason.trim() === '' && { reason: t('needReason') }),
  }));
  const send = async ({ reason }: { readonly reason: string }): Promise<void> => {
    const answer = await cancel({ variables: { showId: show.id, reason: reason.trim() } }).catch(() => undefined);
    if (answer?.data?.cancelShow?.__typename === 'CancelShowPayload') setOpen(false);
  };
  const result = data?.cancelShow;
  return (
    <Row>
      <Button kind="danger" onPress={() => setOpen(true)}>
        {t('cancel')}
      </Button>
      <Dialog title={t('cancel')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>{t('cancelText', { count: show.availability?.sold ?? 0 })}</p>
        <form className={styles['form']} {...form((values) => void send(values))}>
          <TextField label={t('reason')} rows={3} maxLength={300} {...field('reason')} />
          {error && <ProblemNotice error={error} />}
          {result?.__typename === 'ShowNotUpcomingError' && <Notice tone="bad">{t('over')}</Notice>}
          <Row>
            <Button kind="danger" type="submit" isPending={loading}>
              {t('cancel')}
            </Button>
            <Button kind="quiet" onPress={() => setOpen(false)}>
              {t('keep')}
            </Button>
          </Row>
        </form>
      </Dialog>
    </Row>
  );
}
