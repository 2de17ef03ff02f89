/** Sizes in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Longer side of a clip at most; what phones and networks show without scaling. */
const LONGEST_SIDE = 1920;
/** Coders refuse less. */
const SHORTEST_SIDE = 64;

/** Size at which a picture is drawn into its clip: its own, unless that is more than 1920 pixels on the longer side. */
export function drawnSize({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Size of the clip around a drawn picture: even sides, as coders need; the edge fills what is more. */
export function clipSize(drawn: Size): Size {
  const even = (side: number) => Math.max(SHORTEST_SIDE, 2 * Math.ceil(side / 2));
  return { width: even(drawn.width), height: even(drawn.height) };
}
