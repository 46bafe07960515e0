import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Row, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Confirm } from '../forms/confirm.tsx';
import { type CampaignStatus, SetCampaignStatusDocument } from '../generated/graphql.ts';
import { NEXT } from './campaign.ts';
import { campaignTexts } from './texts.ts';

export interface StatusButtonsProps {
  readonly campaignId: string;
  readonly status: CampaignStatus;
}

/** Starts, pauses and ends a campaign. */
export function StatusButtons({ campaignId, status }: StatusButtonsProps) {
  const t = useTexts(campaignTexts);
  const action = useAction();
  const [isEnding, setEnding] = useState(false);
  const [setStatus] = useMutation(SetCampaignStatusDocument);
  const become = (next: CampaignStatus): Promise<boolean> =>
    action.run(async () => {
      const { data } = await setStatus({ variables: { campaignId, status: next } });
      return data?.setCampaignStatus.__typename === 'CampaignStatusError' ? t('statusRefused') : undefined;
    });
  const end = async (): Promise<void> => {
    if (await become('ENDED')) setEnding(false);
  };
  if (NEXT[status].length === 0) return null;
  return (
    <>
      {action.problem !== undefined && !isEnding && <Notice tone="bad">{action.problem}</Notice>}
      <Row>
        {NEXT[status].includes('ACTIVE') && (
          <Button isPending={action.isPending} onPress={() => void become('ACTIVE')}>
            {status === 'DRAFT' ? t('start') : t('goOn')}
          </Button>
        )}
        {NEXT[status].includes('PAUSED') && (
          <Button kind="quiet" isPending={action.isPending} onPress={() => void become('PAUSED')}>
            {t('pause')}
          </Button>
        )}
        <Button kind="danger" onPress={() => setEnding(true)}>
          {t('end')}
        </Button>
      </Row>
      <Confirm
        title={t('endTitle')}
        isOpen={isEnding}
        onClose={() => setEnding(false)}
        action={action}
        doText={t('end')}
        onDo={() => void end()}
      >
        <p>{t('endText')}</p>
      </Confirm>
    </>
  );
}
