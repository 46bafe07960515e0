import { useTexts } from '@marquee/app-kit/text';
import { type Action, Button, type ButtonKind, Dialog, Notice, Row } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import { formTexts } from './texts.ts';

export interface ConfirmProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly action: Action;
  /** The text of the button that does it. */
  readonly doText: string;
  readonly onDo: () => void;
  readonly kind?: ButtonKind;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** Asks before something is done that cannot be undone. */
export function Confirm({ action, doText, onDo, kind = 'danger', isDisabled, children, ...dialog }: ConfirmProps) {
  const t = useTexts(formTexts);
  return (
    <Dialog {...dialog}>
      {children}
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Row>
        <Button kind={kind} isPending={action.isPending} isDisabled={isDisabled ?? false} onPress={onDo}>
          {doText}
        </Button>
        <Button kind="quiet" onPress={dialog.onClose}>
          {t('cancel')}
        </Button>
      </Row>
    </Dialog>
  );
}
