const MAX_ZOOM = 3.2;
const STEP = 1.35;
/** A pointer that moves less has clicked. */
const DRAG = 6;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Moves and scales a drawing in its frame by a transform alone, so that nothing is drawn again while it moves.
 *
 * Wheel, drag, pinch and calls of its methods; a pointer that hardly moved is a click.
 */
export class Viewport {
  readonly #frame: HTMLElement;
  readonly #drawing: HTMLElement | SVGElement;
  readonly #size: { readonly width: number; readonly height: number };
  readonly #onClick: (x: number, y: number, scale: number) => void;
  readonly #pointers = new Map<number, Point>();
  readonly #stop = new AbortController();
  readonly #observer: ResizeObserver;
  #x = 0;
  #y = 0;
  #scale = 1;
  #fit = 1;
  #travelled = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    frame: HTMLElement,
    drawing: HTMLElement | SVGElement,
    size: { readonly width: number; readonly height: number },
    onClick: (x: number, y: number, scale: number) => void,
  ) {
    this.#frame = frame;
    this.#drawing = drawing;
    this.#size = size;
    this.#onClick = onClick;
    const { signal } = this.#stop;
    frame.addEventListener('wheel', this.#wheel, { passive: false, signal });
    frame.addEventListener('pointerdown', this.#down, { signal });
    frame.addEventListener('pointermove', this.#move, { signal });
    for (const type of ['pointerup', 'pointercancel'] as const) frame.addEventListener(type, this.#up, { signal });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(frame);
    this.fit();
  }

  get scale(): number {
    return this.#scale;
  }

  stop(): void {
    this.#stop.abort();
    this.#observer.disconnect();
    clearTimeout(this.#settling);
  }

  /** Shows the whole drawing. */
  fit(): void {
    this.#fit = this.#fittingScale();
    this.#scale = this.#fit;
    this.#apply();
  }

  zoom(direction: 1 | -1): void {
    const { clientWidth, clientHeight } = this.#frame;
    this.#scaleAround({ x: clientWidth / 2, y: clientHeight / 2 }, STEP ** direction);
  }

  pan(dx: number, dy: number): void {
    this.#x += dx;
    this.#y += dy;
    this.#apply();
  }

  /** Moves a point of the drawing into sight, if it is not. */
  reveal(x: number, y: number): void {
    const margin = 48;
    const { clientWidth, clientHeight } = this.#frame;
    const [left, top] = [this.#x + x * this.#scale, this.#y + y * this.#scale];
    const dx = Math.max(margin - left, 0) || Math.min(clientWidth - margin - left, 0);
    const dy = Math.max(margin - top, 0) || Math.min(clientHeight - margin - top, 0);
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }

  /** The point of the drawing under a point of the window. */
  pointAt(clientX: number, clientY: number): Point {
    const { left, top } = this.#frame.getBoundingClientRect();
    return { x: (clientX - left - this.#x) / this.#scale, y: (clientY - top - this.#y) / this.#scale };
  }

  #fittingScale(): number {
    const { clientWidth, clientHeight } = this.#frame;
    return Math.min(clientWidth / this.#size.width, clientHeight / this.#size.height, 1.6) || 1;
  }

  #resize(): void {
    const wasFitting = this.#scale === this.#fit;
    if (wasFitting) return this.fit();
    this.#fit = this.#fittingScale();
    this.#apply();
  }

  #scaleAround(at: Point, factor: number): void {
    const scale = Math.min(Math.max(this.#scale * factor, this.#fit), Math.max(MAX_ZOOM, this.#fit));
    const real = scale / this.#scale;
    this.#x = at.x - (at.x - this.#x) * real;
    this.#y = at.y - (at.y - this.#y) * real;
    this.#scale = scale;
    this.#apply();
  }

  #apply(): void {
    const { clientWidth, clientHeight } = this.#frame;
    this.#x = within(this.#x, clientWidth, this.#size.width * this.#scale);
    this.#y = within(this.#y, clientHeight, this.#size.height * this.#scale);
    this.#drawing.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
    // A finger moves the page while there is nothing to move here.
    this.#frame.dataset['isFitting'] = String(this.#scale <= this.#fit);
    // A layer of its own while it moves; afterwards it is drawn sharp at the new scale.
    this.#drawing.style.willChange = 'transform';
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => (this.#drawing.style.willChange = ''), 250);
  }

  #wheel = (event: WheelEvent): void => {
    const isOut = event.deltaY > 0;
    // The page scrolls on where the drawing cannot get smaller.
    if (isOut && this.#scale <= this.#fit && !event.ctrlKey) return;
    event.preventDefault();
    const { left, top } = this.#frame.getBoundingClientRect();
    const speed = event.ctrlKey ? 0.01 : 0.0022;
    this.#scaleAround({ x: event.clientX - left, y: event.clientY - top }, Math.exp(-event.deltaY * speed));
  };

  #down = (event: PointerEvent): void => {
    if (event.button !== 0 || (event.target as Element).closest('button')) return;
    if (this.#pointers.size === 0) this.#travelled = 0;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };

  #move = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    this.#travelled += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (this.#travelled < DRAG) return;
    // A measurement has pointers of its own.
    if (event.isTrusted) this.#frame.setPointerCapture(event.pointerId);
    if (!other) return this.pan(now.x - before.x, now.y - before.y);
    const { left, top } = this.#frame.getBoundingClientRect();
    const middle = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
    const factor = distance(now, other) / (distance(before, other) || 1);
    this.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.#scaleAround(middle, factor);
  };

  #up = (event: PointerEvent): void => {
    const wasKnown = this.#pointers.delete(event.pointerId);
    if (!wasKnown || event.type === 'pointercancel' || this.#travelled >= DRAG) return;
    const { x, y } = this.pointAt(event.clientX, event.clientY);
    this.#onClick(x, y, this.#scale);
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Keeps a drawing over its frame, or in the middle of it where it is smaller. */
function within(offset: number, frame: number, drawing: number): number {
  if (drawing <= frame) return (frame - drawing) / 2;
  return Math.min(0, Math.max(frame - drawing, offset));
}
