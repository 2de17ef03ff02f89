const LONGEST = 80;

/** A file name that is valid on every system: `<title>-<part>.<extension>`. */
export function fileName(title: string, part: string, extension: string): string {
  const safe = title
    // eslint-disable-next-line no-control-regex
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .slice(0, LONGEST)
    .trim();
  return `${safe || 'untitled'}-${part}.${extension}`;
}
