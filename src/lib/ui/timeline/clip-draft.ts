/** What of a clip is changed while it is dragged, seconds. */
export interface ClipDraft {
  start?: number;
  end?: number;
  fadeIn?: number;
  fadeOut?: number;
}
