import { formatMoney } from '@marquee/money';
import { LRUCache } from 'lru-cache';
import QRCode from 'qrcode';

import { breakLines } from '../domain/break-lines.ts';
import { localStart, type PrintedTicket } from '../domain/document.ts';
import { BOLD, type FontRun, fontRuns, type FontStack, REGULAR } from './ticket-fonts.ts';

const PAGE = { width: 298, height: 420, margin: 28 };
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;
/** The most lines of a text, so that texts of any length leave room for the code. */
const MAX_LINES = 2;
/** In ems of the first font, for all of them: from line to line, and from the top of a line to its baseline. */
const LINE_HEIGHT = 1.164;
const ASCENT = 0.928;
const QR_SIZE = 200;
/** Modules of white around a QR code, without which scanners do not find it. */
const QUIET_ZONE = 4;
/** Tickets that stay printed in memory; each has about 20 kB. */
const MAX_PRINTED = 200;

/** Prints tickets, each once while it is read again and again: printing takes some 50 ms of the event loop. */
export class TicketPrinter {
  readonly #printed = new LRUCache<string, Buffer, PrintedTicket>({
    max: MAX_PRINTED,
    fetchMethod: (_key, _stale, { context }) => print(context),
  });

  /** The ticket as a PDF of one page. */
  print(ticket: PrintedTicket): Promise<Buffer> {
    return this.#printed.forceFetch(JSON.stringify(ticket), { context: ticket });
  }
}

async function print(ticket: PrintedTicket): Promise<Buffer> {
  // Loaded for the first ticket: with its fonts' tables it takes a fifth of a second.
  const { default: Pdf } = await import('pdfkit');
  const { margin, ...size } = PAGE;
  const page = new Pdf({
    ...{ size: [size.width, size.height], margin, font: REGULAR.first, lang: 'en', displayTitle: true },
    info: { Title: `Ticket: ${ticket.titleName}`, Creator: 'Marquee', Producer: 'Marquee' },
  });
  const written = collect(page);
  writeText(page, ticket);
  drawCode(page, ticket.qrCode);
  page.end();
  return written;
}

function collect(page: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((done, fail) => {
    page.on('data', (part: Buffer) => parts.push(part));
    page.on('end', () => done(Buffer.concat(parts)));
    page.on('error', fail);
  });
}

function writeText(page: PDFKit.PDFDocument, ticket: PrintedTicket): void {
  const { titleName, venueName, screenName, section, place, price, ticketId } = ticket;
  write(page, titleName, BOLD, 14);
  page.moveDown(0.3);
  write(page, localStart(ticket), REGULAR, 9);
  write(page, `${venueName}, ${screenName}`, REGULAR, 9);
  page.moveDown(0.5);
  write(page, [section, place].filter(Boolean).join(' · '), BOLD, 12);
  if (price) write(page, formatMoney(price), REGULAR, 9);
  const foot = 'Whoever shows this code first is admitted: keep it to yourself.';
  page.font(REGULAR.first).fontSize(6);
  page.text(`${foot}\n${ticketId}`, PAGE.margin, PAGE.height - PAGE.margin - 16, {
    width: TEXT_WIDTH,
    align: 'center',
  });
}

/**
 * Writes a text below the last one, each script in a font that has it, on one baseline. The library wraps and shortens
 * texts of one font only.
 */
function write(page: PDFKit.PDFDocument, text: string, fonts: FontStack, size: number): void {
  const widthOf = ({ file, text: part }: FontRun): number => page.font(file).fontSize(size).widthOfString(part);
  const fits = (line: string): boolean =>
    fontRuns(line, fonts).reduce((width, run) => width + widthOf(run), 0) <= TEXT_WIDTH;
  for (const line of breakLines(text, fits, MAX_LINES)) {
    let x = PAGE.margin;
    const top = page.y;
    for (const run of fontRuns(line, fonts)) {
      const width = widthOf(run);
      page.text(run.text, x, top, { lineBreak: false, baseline: -ASCENT * size });
      x += width;
    }
    page.x = PAGE.margin;
    page.y = top + LINE_HEIGHT * size;
  }
}

/** Draws the code's modules as one shape, so that it stays sharp at any size. */
function drawCode(page: PDFKit.PDFDocument, text: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = QR_SIZE / (modules.size + 2 * QUIET_ZONE);
  const [left, top] = [(PAGE.width - QR_SIZE) / 2, PAGE.height - PAGE.margin - 24 - QR_SIZE];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      page.rect(left + (column + QUIET_ZONE) * side, top + (row + QUIET_ZONE) * side, side, side);
    }
  }
  page.fill('black');
}
