import { intentKey, useSend } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice, TextField } from '@marquee/app-kit/ui';
import { useApolloClient } from '@apollo/client/react';
import { type FormEvent, useRef, useState } from 'react';

import { TransferTicketDocument } from '../../generated/graphql.ts';
import { ticketTexts } from '../tickets/texts.ts';
import styles from '../tickets/ticket.module.css';

interface TransferDialogProps {
  readonly ticketId: string;
  readonly seat: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

export function TransferDialog({ ticketId, seat, isOpen, onClose }: TransferDialogProps) {
  const t = useTexts(ticketTexts);
  const { cache } = useApolloClient();
  const { send, isPending, refusal, problem, reset } = useSend(TransferTicketDocument);
  const [email, setEmail] = useState('');
  const [isWrong, setWrong] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const close = (): void => {
    setEmail('');
    setWrong(false);
    reset();
    onClose();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const toEmail = email.trim();
    setWrong(!isAddress(toEmail));
    if (!isAddress(toEmail)) return form.current?.querySelector('input')?.focus();
    const intent = `transfer:${ticketId}`;
    const idempotencyKey = await intentKey(intent, { ticketId, toEmail });
    const payload = await send({ input: { ticketId, toEmail, idempotencyKey } }, intent);
    if (!payload) return undefined;
    const transfer = cache.identify({ __typename: 'TicketTransfer', id: payload.transfer.id });
    cache.modify({
      id: cache.identify({ __typename: 'Ticket', id: ticketId }) ?? '',
      fields: { transfer: () => ({ __ref: transfer }) },
    });
    return close();
  };
  return (
    <Dialog title={t('passTitle')} isOpen={isOpen} onClose={close}>
      <form ref={form} noValidate onSubmit={(event) => void submit(event)} className={styles['form']}>
        <p>
          <strong>{seat}</strong>
          <br />
          {t('passText')}
        </p>
        <TextField
          label={t('email')}
          type="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
          problem={isWrong ? t('emailProblem') : undefined}
          isRequired
        />
        {refusal && (
          <Notice tone="bad">{t(refusal.__typename === 'AccountRestrictedError' ? 'restricted' : 'noPass')}</Notice>
        )}
        {problem !== undefined && <ProblemNotice error={problem} />}
        <Button type="submit" isPending={isPending}>
          {t('send')}
        </Button>
      </form>
    </Dialog>
  );
}
