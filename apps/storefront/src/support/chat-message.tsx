import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Row, Soft } from '@marquee/app-kit/ui';

import styles from './chat.module.css';
import { chatTexts } from './chat-texts.ts';
import type { Message, Outgoing } from './conversation.ts';

export function ChatMessage({ message, isOwn }: { readonly message: Message; readonly isOwn: boolean }) {
  const t = useTexts(chatTexts);
  const formats = useFormats();
  const { text, sentAt, author } = message;
  return (
    <article className={`${styles['message']} ${isOwn ? styles['own'] : ''}`}>
      <header className={styles['who']}>
        <strong>{isOwn ? t('you') : (author?.displayName ?? t('support'))}</strong>
        <time dateTime={sentAt}>
          <Soft isSmall>{formats.time(sentAt, 'moment')}</Soft>
        </time>
      </header>
      <p className={styles['text']}>{text}</p>
    </article>
  );
}

export interface OutgoingMessageProps {
  readonly message: Outgoing;
  readonly isOnline: boolean;
  readonly onAgain: () => void;
  readonly onRemove: () => void;
}

/** An own message that is shown at once, and is being sent. */
export function OutgoingMessage({ message: { text, problem }, isOnline, onAgain, onRemove }: OutgoingMessageProps) {
  const t = useTexts(chatTexts);
  return (
    <article className={`${styles['message']} ${styles['own']} ${styles['waiting']}`}>
      <header className={styles['who']}>
        <strong>{t('you')}</strong>
        <Soft isSmall>{t(problem === undefined ? (isOnline ? 'sending' : 'waiting') : 'notSent')}</Soft>
      </header>
      <p className={styles['text']}>{text}</p>
      {problem !== undefined && (
        <>
          <p className={styles['problem']}>{problem}</p>
          <Row>
            <Button kind="bare" onPress={onAgain}>
              {t('again')}
            </Button>
            <Button kind="bare" onPress={onRemove}>
              {t('discard')}
            </Button>
          </Row>
        </>
      )}
    </article>
  );
}
