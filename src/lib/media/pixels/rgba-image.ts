/** A picture in memory: sRGB, four bytes per pixel (red, green, blue, alpha), rows from the top. An `ImageData` is one. */
export interface RgbaImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
