import { useTexts } from '@marquee/app-kit/text';
import { Button, Notice, ProblemNotice } from '@marquee/app-kit/ui';

import { useBookingDocument, useHeldDocument } from './documents.ts';
import { ticketTexts } from './texts.ts';

interface PdfButtonProps {
  readonly bookingId: string;
  readonly ticketId: string;
  readonly seat: string;
}

/** Gets a ticket of a booking as a PDF. */
export function PdfButton({ bookingId, ticketId, seat }: PdfButtonProps) {
  const document = useBookingDocument(bookingId);
  return (
    <TicketDocument
      {...document}
      seat={seat}
      onPress={() =>
        void document.open(({ booking }) => booking?.tickets.find(({ id }) => id === ticketId)?.documentUrl)
      }
    />
  );
}

/** Gets a ticket that admits the person as a PDF, also when somebody else bought it. */
export function HeldPdfButton({ ticketId, seat }: Omit<PdfButtonProps, 'bookingId'>) {
  const document = useHeldDocument();
  return (
    <TicketDocument
      {...document}
      seat={seat}
      onPress={() =>
        void document.open(
          ({ viewer }) => viewer?.tickets?.edges.find(({ node }) => node.id === ticketId)?.node.documentUrl,
        )
      }
    />
  );
}

interface TicketDocumentProps {
  readonly seat: string;
  readonly isPending: boolean;
  readonly problem: unknown;
  readonly isMissing: boolean;
  readonly onPress: () => void;
}

function TicketDocument({ seat, isPending, onPress, ...outcome }: TicketDocumentProps) {
  const t = useTexts(ticketTexts);
  return (
    <>
      <Button kind="bare" aria-label={t('pdfOf', { seat })} isPending={isPending} onPress={onPress}>
        {t('pdf')}
      </Button>
      <DocumentProblem {...outcome} />
    </>
  );
}

/** Gets the show of a booking as an entry for a calendar. */
export function CalendarButton({ bookingId }: { readonly bookingId: string }) {
  const t = useTexts(ticketTexts);
  const document = useBookingDocument(bookingId);
  return (
    <>
      <Button
        kind="quiet"
        isPending={document.isPending}
        onPress={() => void document.open(({ booking }) => booking?.calendarUrl)}
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
