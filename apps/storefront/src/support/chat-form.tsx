import { Form } from '@marquee/app-kit/account';
import { OWN } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Row, Soft, TextField } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { chatTexts } from './chat-texts.ts';

const MAX_LENGTH = 5_000;
const draftKey = (ticketId: string): string => `${OWN}draft.${ticketId}`;

export interface ChatFormProps {
  readonly ticketId: string;
  readonly isResolved: boolean;
  readonly onSend: (text: string) => void;
}

/** Writes a message. The draft survives a reload. */
export function ChatForm({ ticketId, isResolved, onSend }: ChatFormProps) {
  const t = useTexts(chatTexts);
  const [text, setText] = useState(() => sessionStorage.getItem(draftKey(ticketId)) ?? '');
  const [isChecked, setChecked] = useState(false);
  const change = (next: string): void => {
    sessionStorage.setItem(draftKey(ticketId), next);
    setText(next);
  };
  const send = (): void => {
    setChecked(true);
    if (!text.trim()) return;
    onSend(text.trim());
    change('');
    setChecked(false);
  };
  return (
    <Form onSubmit={send}>
      <TextField
        label={t('message')}
        rows={3}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={change}
        hint={t(isResolved ? 'resolvedHint' : 'sendHint')}
        problem={isChecked && !text.trim() ? t('needText') : undefined}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <Row>
        <Button type="submit">{t('send')}</Button>
        {text.length > MAX_LENGTH - 500 && <Soft isSmall>{`${text.length} / ${MAX_LENGTH}`}</Soft>}
      </Row>
    </Form>
  );
}
