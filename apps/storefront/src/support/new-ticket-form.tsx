import { useMutation } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { OWN, runIntent } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, RadioGroup, TextField, useAction } from '@marquee/app-kit/ui';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import { OpenSupportTicketDocument, type SupportCategory } from '../generated/graphql.ts';
import { askTexts } from './ask-texts.ts';
import { BookingChoice } from './booking-choice.tsx';
import { Suggestions } from './suggestions.tsx';

const KEY = `${OWN}draft.question`;
const CATEGORIES: readonly SupportCategory[] = ['BOOKING', 'PAYMENT', 'ACCOUNT', 'OTHER'];

interface Draft {
  readonly subject: string;
  readonly text: string;
  readonly category: SupportCategory | null;
  readonly bookingId: string | null;
}

const EMPTY: Draft = { subject: '', text: '', category: null, bookingId: null };

/** Asks a question. The draft survives a reload; help articles that may answer it appear as one types. */
export function NewTicketForm() {
  const t = useTexts(askTexts);
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [open] = useMutation(OpenSupportTicketDocument);
  const { run, isPending, problem } = useAction();
  const [isChecked, setChecked] = useState(false);
  const [draft, setDraft] = useState((): Draft => {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Draft | null;
    const bookingId = params.get('booking');
    return bookingId === null ? (kept ?? EMPTY) : { ...(kept ?? EMPTY), bookingId, category: 'BOOKING' };
  });
  useEffect(() => sessionStorage.setItem(KEY, JSON.stringify(draft)), [draft]);
  const change = (values: Partial<Draft>): void => setDraft((before) => ({ ...before, ...values }));
  const { subject, text, category, bookingId } = draft;

  const ask = (chosen: SupportCategory): void =>
    void run(async () => {
      const input = { subject: subject.trim(), text: text.trim(), category: chosen, bookingId };
      const { data } = await runIntent('ask', input, (idempotencyKey) =>
        open({ variables: { input: { ...input, idempotencyKey } } }),
      );
      const result = data?.openSupportTicket;
      if (result?.__typename !== 'OpenSupportTicketPayload') return t('TooManyOpenTicketsError');
      setDraft(EMPTY);
      await navigate(`/support/${encodeURIComponent(result.ticket.id)}`);
      sessionStorage.removeItem(KEY);
      return undefined;
    });
  return (
    <Card>
      <Form
        onSubmit={() => {
          setChecked(true);
          if (subject.trim() && text.trim() && category) ask(category);
        }}
      >
        {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
        <RadioGroup
          label={t('category')}
          value={category}
          choices={CATEGORIES.map((id) => ({ id, text: t(id) }))}
          onChange={(id) => change({ category: id })}
          problem={isChecked && category === null ? t('needCategory') : undefined}
        />
        {(category === 'BOOKING' || category === 'PAYMENT') && (
          <BookingChoice bookingId={bookingId} onChange={(id) => change({ bookingId: id })} />
        )}
        <TextField
          label={t('subject')}
          maxLength={200}
          value={subject}
          onChange={(next) => change({ subject: next })}
          problem={isChecked && !subject.trim() ? t('needSubject') : undefined}
        />
        <Suggestions search={subject} />
        <TextField
          label={t('text')}
          hint={t('textHint')}
          rows={6}
          maxLength={5000}
          value={text}
          onChange={(next) => change({ text: next })}
          problem={isChecked && !text.trim() ? t('needText') : undefined}
        />
        <div>
          <Button type="submit" isPending={isPending}>
            {t('send')}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
