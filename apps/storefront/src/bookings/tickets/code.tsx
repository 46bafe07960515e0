import { useTexts } from '@marquee/app-kit/text';
import { QrCode } from '@marquee/app-kit/qr';
import { Dialog, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { Button } from 'react-aria-components';

import { ticketTexts } from './texts.ts';
import styles from './ticket.module.css';
import { useWakeLock } from './wake-lock.ts';

interface CodeProps {
  readonly text: string;
  /** Whose code it is, such as “Row C, seat 7”. */
  readonly seat: string;
  readonly show: string;
}

/** The code that is scanned at the entrance; pressed, it is as large as the screen allows. */
export function Code({ text, seat, show }: CodeProps) {
  const t = useTexts(ticketTexts);
  const [isOpen, setOpen] = useState(false);
  useWakeLock(isOpen);
  return (
    <>
      <Button className={styles['code'] ?? ''} aria-label={t('enlarge', { seat })} onPress={() => setOpen(true)}>
        <QrCode text={text} label={t('code', { seat })} />
      </Button>
      <Dialog title={t('atDoor')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          <strong>{seat}</strong>
          <br />
          {show}
        </p>
        <QrCode text={text} label={t('code', { seat })} />
        <Soft isSmall>{t('bright')}</Soft>
      </Dialog>
    </>
  );
}
