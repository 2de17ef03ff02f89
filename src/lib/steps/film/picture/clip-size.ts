/** Sizes in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Maximum of a clip's longer side: what phones and networks show without scaling. */
const LONGEST_SIDE = 1920;
/** Minimum side that encoders accept. */
const SHORTEST_SIDE = 64;

/** Size of the picture in its clip: its own, with at most 1920 pixels on the longer side. */
export function drawnSize({ width, height }: Size): Size {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Size of the clip around a picture: even sides, as encoders need; repeated edges fill the rest. */
export function clipSize(drawn: Size): Size {
  const even = (side: number) => Math.max(SHORTEST_SIDE, 2 * Math.ceil(side / 2));
  return { width: even(drawn.width), height: even(drawn.height) };
}
