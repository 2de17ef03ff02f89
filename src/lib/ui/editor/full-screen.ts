/** Whether a part of the page can fill the screen; phones of Apple can't. */
export function hasFullScreen(): boolean {
  return document.fullscreenEnabled;
}

/** The picture and its transport, marked by `data-stage`, fill the screen, or no longer do. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.querySelector('[data-stage]')?.requestFullscreen();
  // The browser may refuse it; everything can be done without.
  change?.catch(() => undefined);
}
