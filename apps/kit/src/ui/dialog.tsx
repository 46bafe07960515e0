import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

import { defineTexts, useTexts } from '../text/index.ts';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

const texts = defineTexts({ en: { close: 'Close' }, de: { close: 'Schließen' }, hi: { close: 'बंद करें' } });

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page: focus stays in it, Escape closes it, and focus returns to where it was. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const t = useTexts(texts);
  return (
    <ModalOverlay
      className={styles['veil'] ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => void (open || onClose())}
    >
      <Modal className={styles['modal'] ?? ''}>
        <AriaDialog className={styles['dialog'] ?? ''}>
          <div className={styles['head']}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button kind="bare" onPress={onClose} aria-label={t('close')}>
              ✕
            </Button>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
