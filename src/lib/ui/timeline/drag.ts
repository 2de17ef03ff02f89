/** Movements up to this distance are no drag, pixels. */
const SLIP = 4;

/** What a drag does. Distances in pixels from where it began. */
export interface Drag {
  /** Whether a drag may begin here; by default it may. */
  onstart?: (event: PointerEvent) => boolean | void;
  onmove: (dx: number, dy: number, event: PointerEvent) => void;
  /** It ended; `isMoved` is false for a click. */
  onend: (isMoved: boolean, event: PointerEvent) => void;
  /** It was cancelled, by Escape or by the browser. */
  oncancel: () => void;
}

/** Follows a pointer from where it is pressed on an element until it is released. An attachment. */
export function draggable(get: () => Drag) {
  return (element: HTMLElement) => {
    let began: { x: number; y: number; id: number; isMoved: boolean } | null = null;

    const stop = () => {
      began = null;
      removeEventListener('keydown', escape, true);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !began) return;
      event.preventDefault();
      event.stopPropagation();
      stop();
      get().oncancel();
    };
    const press = (event: PointerEvent) => {
      if (event.button !== 0 || began || get().onstart?.(event) === false) return;
      event.stopPropagation();
      element.setPointerCapture(event.pointerId);
      began = { x: event.clientX, y: event.clientY, id: event.pointerId, isMoved: false };
      addEventListener('keydown', escape, true);
    };
    const move = (event: PointerEvent) => {
      if (began?.id !== event.pointerId) return;
      const [dx, dy] = [event.clientX - began.x, event.clientY - began.y];
      began.isMoved ||= Math.hypot(dx, dy) > SLIP;
      if (began.isMoved) get().onmove(dx, dy, event);
    };
    const release = (event: PointerEvent) => {
      if (began?.id !== event.pointerId) return;
      const { isMoved } = began;
      stop();
      get().onend(isMoved, event);
    };
    const lose = (event: PointerEvent) => {
      if (began?.id !== event.pointerId) return;
      stop();
      get().oncancel();
    };
    element.addEventListener('pointerdown', press);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', release);
    element.addEventListener('pointercancel', lose);
    return () => {
      stop();
      element.removeEventListener('pointerdown', press);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', release);
      element.removeEventListener('pointercancel', lose);
    };
  };
}
