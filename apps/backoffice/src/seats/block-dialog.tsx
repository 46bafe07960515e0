import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, Row, Stack, TextField, useAction } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import { useForm } from '../forms/use-form.ts';
import { BlockSeatsDocument } from '../generated/graphql.ts';
import { seatsTexts } from './texts.ts';

export interface SeatDialogProps {
  readonly showId: string;
  readonly seatIds: readonly string[];
  readonly onClose: () => void;
  readonly onDone: (text: ReactNode) => void;
  /** Called when others were faster: the map has to be read again. */
  readonly onStale: () => void;
}

/** Keeps seats from sale. */
export function BlockDialog({ showId, seatIds, onClose, onDone, onStale }: SeatDialogProps) {
  const t = useTexts(seatsTexts);
  const [block] = useMutation(BlockSeatsDocument);
  const action = useAction();
  const { field, form } = useForm({ reason: '' }, ({ reason }) => ({
    ...(reason.trim() === '' && { reason: t('needReason') }),
  }));
  const send = ({ reason }: { readonly reason: string }): void =>
    void action.run(async () => {
      const { data } = await block({ variables: { showId, seatIds: [...seatIds], reason: reason.trim() } });
      const result = data?.blockSeats;
      if (result?.__typename === 'BlockSeatsPayload') {
        onDone(t('blocked', { count: seatIds.length }));
        return undefined;
      }
      if (result?.__typename !== 'SeatUnavailableError') return t('closed');
      onStale();
      return undefined;
    });
  return (
    <Dialog title={t('block')} isOpen onClose={onClose}>
      <form {...form(send)}>
        <Stack>
          <TextField label={t('reason')} maxLength={300} {...field('reason')} />
          {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
          <Row>
            <Button type="submit" isPending={action.isPending}>
              {t('block')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
