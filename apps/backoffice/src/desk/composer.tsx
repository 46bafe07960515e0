import { useMutation } from '@apollo/client/react';
import { OWN, runIntent } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, RadioGroup, Row, TextField, useAction } from '@marquee/app-kit/ui';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';

import {
  AnswerTicketDocument,
  DeskTicketDocument,
  type SupportTicketStatus,
  UpdateSupportTicketDocument,
  WriteInternalNoteDocument,
} from '../generated/graphql.ts';
import styles from './desk.module.css';
import { deskTexts } from './texts.ts';

const MAX_LENGTH = 5_000;

type Kind = 'ANSWER' | 'NOTE';

interface Draft {
  readonly kind: Kind;
  readonly text: string;
}

const EMPTY: Draft = { kind: 'ANSWER', text: '' };

export interface ComposerProps {
  readonly ticketId: string;
  readonly status: SupportTicketStatus;
  readonly onSent: () => void;
}

/** Writes to the customer, or a note that only support sees. What was typed survives a reload, and for whom. */
export function Composer({ ticketId, status, onSent }: ComposerProps) {
  const t = useTexts(deskTexts);
  const navigate = useNavigate();
  const action = useAction();
  const draftKey = `${OWN}draft.${ticketId}`;
  const [{ kind, text }, setDraft] = useState((): Draft => {
    const kept = sessionStorage.getItem(draftKey);
    return kept === null ? EMPTY : (JSON.parse(kept) as Draft);
  });
  const [isEmpty, setEmpty] = useState(false);
  const [answer] = useMutation(AnswerTicketDocument);
  const [addNote] = useMutation(WriteInternalNoteDocument);
  const [update] = useMutation(UpdateSupportTicketDocument, { refetchQueries: [DeskTicketDocument] });
  const keep = (draft: Draft): void => {
    setDraft(draft);
    setEmpty(false);
    sessionStorage.setItem(draftKey, JSON.stringify(draft));
  };
  const sendAnswer = async (): Promise<string | undefined> => {
    const input = { ticketId, text };
    const { data } = await runIntent(`answer:${ticketId}`, input, (idempotencyKey) =>
      answer({ variables: { input: { ...input, idempotencyKey } } }),
    );
    const result = data?.sendSupportMessage;
    if (result?.__typename === 'SupportTicketFullError') return t('full');
    if (result?.__typename !== 'SendSupportMessagePayload') return t('tooMany');
    if (result.isNewCase) void navigate(`/desk/${result.ticket.id}`);
    return undefined;
  };
  const sendNote = async (): Promise<string | undefined> => {
    const note = { ticketId, text };
    const { data } = await runIntent(`note:${ticketId}`, note, (idempotencyKey) =>
      addNote({ variables: { ...note, idempotencyKey } }),
    );
    return data?.addInternalNote.__typename === 'SupportTicketFullError' ? t('full') : undefined;
  };
  const send = async (): Promise<boolean> => {
    setEmpty(text.trim() === '');
    if (text.trim() === '' || !(await action.run(kind === 'ANSWER' ? sendAnswer : sendNote))) return false;
    keep({ kind, text: '' });
    onSent();
    return true;
  };
  const sendAndWait = async (): Promise<void> => {
    if (!(await send())) return;
    await action.run(async () => {
      await update({ variables: { input: { ticketId, status: 'PENDING' } } });
      return undefined;
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  const canWait = kind === 'ANSWER' && (status === 'OPEN' || status === 'SNOOZED');
  return (
    <form
      className={kind === 'NOTE' ? `${styles['composer']} ${styles['note']}` : styles['composer']}
      noValidate
      aria-label={t('write')}
      onSubmit={submit}
    >
      <div className={styles['kinds']}>
        <RadioGroup
          label={t('to')}
          value={kind}
          choices={[
            { id: 'ANSWER' as const, text: t('toCustomer') },
            { id: 'NOTE' as const, text: t('toSupport') },
          ]}
          onChange={(next) => keep({ kind: next, text })}
        />
      </div>
      {kind === 'ANSWER' && status === 'RESOLVED' && <Notice>{t('newCase')}</Notice>}
      <TextField
        label={kind === 'ANSWER' ? t('answer') : t('internalNote')}
        rows={4}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={(next) => keep({ kind, text: next })}
        problem={isEmpty ? t('emptyText') : undefined}
      />
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Row>
        {canWait && (
          <Button isPending={action.isPending} onPress={() => void sendAndWait()}>
            {t('sendAndWait')}
          </Button>
        )}
        <Button type="submit" kind={kind === 'ANSWER' && !canWait ? 'main' : 'quiet'} isPending={action.isPending}>
          {kind === 'ANSWER' ? t('send') : t('addNote')}
        </Button>
      </Row>
    </form>
  );
}
