const LONGEST_BASE = 100;

/**
 * The name of the finished file: `holiday.mov` becomes `holiday-soundtrack.mp4`. Characters that some file system or
 * share target refuses become hyphens; letters of all scripts stay.
 */
export function filmFileName(originalName: string, extension: string): string {
  const base = originalName
    .normalize('NFC')
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[^\p{L}\p{M}\p{N}._ -]+/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[-. ]+|[-. ]+$/g, '');
  const short = [...base]
    .slice(0, LONGEST_BASE)
    .join('')
    .replace(/[-. ]+$/, '');
  return `${short || 'film'}-soundtrack.${extension}`;
}
