import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice } from '@marquee/app-kit/ui';

import { useDocument } from './documents.ts';
import { ticketTexts } from './texts.ts';

interface PdfButtonProps {
  readonly bookingId: string;
  readonly ticketId: string;
  readonly seat: string;
}

/** Opens a ticket as a PDF. */
export function PdfButton({ bookingId, ticketId, seat }: PdfButtonProps) {
  const t = useTexts(ticketTexts);
  const document = useDocument(bookingId);
  return (
    <>
      <Button
        kind="bare"
        aria-label={t('pdfOf', { seat })}
        isPending={document.isPending}
        onPress={() => void document.open(({ tickets }) => tickets.find(({ id }) => id === ticketId)?.documentUrl)}
      >
        {t('pdf')}
      </Button>
      <DocumentProblem {...document} />
    </>
  );
}

/** Opens the show of a booking as an entry for a calendar. */
export function CalendarButton({ bookingId }: { readonly bookingId: string }) {
  const t = useTexts(ticketTexts);
  const document = useDocument(bookingId);
  return (
    <>
      <Button
        kind="quiet"
        isPending={document.isPending}
        onPress={() => void document.open(({ calendarUrl }) => calendarUrl)}
      >
        {t('calendar')}
      </Button>
      <DocumentProblem {...document} />
    </>
  );
}

function DocumentProblem({ problem, isMissing }: { readonly problem: unknown; readonly isMissing: boolean }) {
  const t = useTexts(ticketTexts);
  if (problem !== undefined) return <ProblemNotice error={problem} />;
  return isMissing ? <Notice tone="bad">{t('noDocument')}</Notice> : null;
}
