import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link } from 'react-aria-components';

import { defineTexts, useTexts } from '../text/index.ts';
import { Button } from './button.tsx';
import styles from './toast.module.css';
import { closeToast, type Toast, toasts } from './toast.ts';

const texts = defineTexts({
  en: { close: 'Close', messages: 'News' },
  de: { close: 'Schließen', messages: 'Neuigkeiten' },
  hi: { close: 'बंद करें', messages: 'नई सूचनाएँ' },
});

const SHOWN_MS = 8_000;

/** Where messages appear; screen readers say them when they have finished what they are at. Once in an application. */
export function ToastRegion() {
  const t = useTexts(texts);
  const shown = useSyncExternalStore(toasts.subscribe, toasts.current);
  return (
    <div className={styles['region']} role="log" aria-live="polite" aria-label={t('messages')}>
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} closeText={t('close')} />
      ))}
    </div>
  );
}

/** It stays while somebody points at it or has the focus in it. */
function ToastCard({ toast, closeText }: { readonly toast: Toast; readonly closeText: string }) {
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    if (isRead) return undefined;
    const timer = setTimeout(() => closeToast(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isRead]);
  return (
    <div
      className={styles['toast']}
      onPointerEnter={() => setRead(true)}
      onPointerLeave={() => setRead(false)}
      onFocus={() => setRead(true)}
      onBlur={() => setRead(false)}
    >
      <div className={styles['text']}>
        {toast.href === undefined ? (
          <strong>{toast.title}</strong>
        ) : (
          <Link href={toast.href} className={styles['link'] ?? ''} onPress={() => closeToast(toast.id)}>
            {toast.title}
          </Link>
        )}
        {toast.text !== undefined && <p>{toast.text}</p>}
      </div>
      <Button kind="bare" aria-label={closeText} onPress={() => closeToast(toast.id)}>
        ✕
      </Button>
    </div>
  );
}
