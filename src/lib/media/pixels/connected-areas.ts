/**
 * The connected areas (8 neighbours) of the pixels that are set.
 * @param isSet 1 or 0 for each pixel, row by row.
 * @returns The indices of each area's pixels.
 */
export function connectedAreas(isSet: Uint8Array, width: number, height: number): number[][] {
  const isLeft = isSet.slice();
  const areas: number[][] = [];
  for (let start = 0; start < isLeft.length; start++) {
    if (!isLeft[start]) continue;
    isLeft[start] = 0;
    const area = [start];
    for (let next = 0; next < area.length; next++) {
      const [x, y] = [area[next]! % width, Math.floor(area[next]! / width)];
      for (let atY = Math.max(0, y - 1); atY <= Math.min(height - 1, y + 1); atY++) {
        for (let atX = Math.max(0, x - 1); atX <= Math.min(width - 1, x + 1); atX++) {
          const at = atY * width + atX;
          if (!isLeft[at]) continue;
          isLeft[at] = 0;
          area.push(at);
        }
      }
    }
    areas.push(area);
  }
  return areas;
}
