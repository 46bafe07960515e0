import { useApolloClient, useMutation } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, Row, useAction } from '@marquee/app-kit/ui';
import { useEffect, useState } from 'react';

import { DataExportDocument, type DataExportQuery, RequestDataExportDocument } from '../../generated/graphql.ts';
import { pastTexts } from './past-texts.ts';

const KEY = 'marquee.export';
const POLL_MS = 2_000;

type Export = NonNullable<DataExportQuery['dataExport']>;

/** A file of everything that is held about the person: asked for, made, and downloaded by a link that works once. */
export function ExportCard() {
  const t = useTexts(pastTexts);
  const formats = useFormats();
  const client = useApolloClient();
  const [request] = useMutation(RequestDataExportDocument);
  const { run, isPending, problem } = useAction();
  const [id, setId] = useState(() => localStorage.getItem(KEY));
  const [made, setMade] = useState<Export>();

  const read = async (exportId: string): Promise<Export | undefined> => {
    const { data } = await client.query({
      query: DataExportDocument,
      variables: { id: exportId },
      fetchPolicy: 'no-cache',
    });
    const found = data?.dataExport ?? undefined;
    setMade(found);
    if (data && !found) {
      localStorage.removeItem(KEY);
      setId(null);
    }
    return found;
  };
  const ask = (): void =>
    void run(async () => {
      const { data } = await request();
      const asked = data?.requestDataExport?.export;
      if (!asked) return t('exportGone');
      localStorage.setItem(KEY, asked.id);
      setId(asked.id);
      await read(asked.id);
      return undefined;
    });
  const download = (exportId: string): void =>
    void run(async () => {
      const found = await read(exportId);
      if (!found) return t('exportGone');
      // The link works once, so each download asks for one.
      if (found.downloadUrl !== null) location.assign(found.downloadUrl);
      return undefined;
    });
  const isMaking = made?.status === 'PENDING';
  useEffect(() => {
    if (!isMaking || id === null) return undefined;
    const timer = setInterval(() => void read(id).catch(() => undefined), POLL_MS);
    return () => clearInterval(timer);
  });
  return (
    <Card>
      <h2>{t('export')}</h2>
      <p>{t('exportText')}</p>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {isMaking && <Notice>{t('exportPending')}</Notice>}
      {made?.status === 'READY' && (
        <Notice tone="good">
          {t('exportReady', { date: made.expiresAt === null ? '' : formats.time(made.expiresAt, 'exact') })}
        </Notice>
      )}
      <Row>
        {id !== null && !isMaking && (
          <Button isPending={isPending} onPress={() => download(id)}>
            {t('download')}
          </Button>
        )}
        {id === null && (
          <Button kind="quiet" isPending={isPending} onPress={ask}>
            {t('askExport')}
          </Button>
        )}
      </Row>
    </Card>
  );
}
