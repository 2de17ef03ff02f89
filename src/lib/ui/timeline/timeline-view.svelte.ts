/** The widest that the time axis gets, pixels per second. */
const MOST_ZOOM = 400;
const ZOOM_STEP = 1.5;
const FINGER_PIXELS = 48;
/** The film is at first at most this many times as wide as what is in sight. */
const MOST_SCREENS = 8;
/** How near to a point a clip is drawn to it, pixels. */
const SNAP_PIXELS = 9;

/** How the timeline is looked at: zoom, what is in sight, what is selected. Nothing of it can be undone or is stored. */
export class TimelineView {
  /** Length of the film, seconds. */
  durationSeconds = $state(1);
  /** Width of the visible part of the time axis, pixels. */
  width = $state(0);
  /** Where the visible part begins, pixels. */
  scrolled = $state(0);
  /** The zoom; null fits the whole film. */
  #zoom: number | null = $state(null);
  /** The key of the selected clip. */
  selected: string | null = $state(null);
  /** The number of the selected scene, from 0 on. */
  scene = $state(0);
  /** The number of the marker whose details are shown, from 0 on. */
  marker: number | null = $state(null);
  isSnapping = $state(true);
  /** Where a dragged clip is drawn to, seconds. */
  snapped: number | null = $state(null);

  /** The scrolled element. */
  #element: HTMLElement | null = null;

  readonly fit: number = $derived(this.width > 0 ? this.width / this.durationSeconds : 1);
  /** Pixels per second. */
  readonly scale: number = $derived(Math.max(this.fit, this.#zoom ?? 0));
  /** Width of the whole axis, pixels. */
  readonly total: number = $derived(this.scale * this.durationSeconds);
  /** How near to a point something is drawn to it, seconds; 0 while it is not. */
  readonly reach: number = $derived(this.isSnapping ? SNAP_PIXELS / this.scale : 0);
  readonly from: number = $derived(this.scrolled / this.scale);
  readonly to: number = $derived(Math.min(this.durationSeconds, (this.scrolled + this.width) / this.scale));
  readonly canZoomIn: boolean = $derived(this.scale < MOST_ZOOM);
  readonly canZoomOut: boolean = $derived(this.scale > this.fit * 1.001);

  attach(element: HTMLElement): void {
    this.#element = element;
  }

  /** Zooms by a factor around a time, which stays where it is. */
  zoom(factor: number, around: number = (this.from + this.to) / 2): void {
    const x = around * this.scale - this.scrolled;
    const wanted = Math.min(MOST_ZOOM, this.scale * factor);
    this.#zoom = wanted <= this.fit ? null : wanted;
    this.scrollTo(around * this.scale - x);
  }

  /** Zooms until a stretch of so many seconds is wide enough for a finger, as far as that keeps the film in reach. */
  showShortest(seconds: number): void {
    const wanted = Math.min(FINGER_PIXELS / seconds, this.fit * MOST_SCREENS, MOST_ZOOM);
    if (wanted > this.fit) this.#zoom = wanted;
  }

  zoomIn(around?: number): void {
    this.zoom(ZOOM_STEP, around);
  }

  zoomOut(around?: number): void {
    this.zoom(1 / ZOOM_STEP, around);
  }

  zoomToFit(): void {
    this.#zoom = null;
    this.scrollTo(0);
  }

  /** Scrolls so that the axis begins at a pixel. */
  scrollTo(pixels: number): void {
    this.scrolled = Math.min(Math.max(0, pixels), Math.max(0, this.total - this.width));
    // The content gets its new width first.
    const { scrolled } = this;
    requestAnimationFrame(() => {
      if (this.#element) this.#element.scrollLeft = scrolled;
    });
  }

  /** Scrolls a time into sight, by a page. */
  show(seconds: number): void {
    if (seconds < this.from) this.scrollTo((seconds - 0.1 * (this.to - this.from)) * this.scale);
    else if (seconds > this.to) this.scrollTo((seconds - 0.1 * (this.to - this.from)) * this.scale);
  }
}
