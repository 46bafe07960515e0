import { useQuery } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { ButtonLink, Notice, Row } from '@marquee/app-kit/ui';

import { MyBookingsDocument } from '../../generated/graphql.ts';
import { listTexts } from './texts.ts';

/** Bookings that expire unless they are paid. */
export function Unpaid() {
  const t = useTexts(listTexts);
  const { data } = useQuery(MyBookingsDocument, { variables: { status: ['PENDING_PAYMENT'], first: 10, after: null } });
  return data?.viewer?.bookings?.edges.map(({ node: { id, show } }) => (
    <Notice key={id} tone="warning">
      <Row>
        <span>{t('awaits', { title: show.title.name })}</span>
        <ButtonLink href={`/pay/${id}`}>{t('pay')}</ButtonLink>
      </Row>
    </Notice>
  ));
}
