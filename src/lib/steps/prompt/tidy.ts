/**
 * Text as one tidy paragraph: single spaces, none before punctuation, no punctuation doubled, exactly one period at the
 * end. Text without any letter or digit becomes empty. Tidying twice changes nothing.
 */
export function tidy(text: string): string {
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  const inner = text
    .replace(/\s+/gu, ' ')
    // Of several marks in a row the strongest stays: "calm,. And" is "calm. And".
    .replace(/[\s.,;:!?…]*[.,;:!?…][\s.,;:!?…]*/gu, (marks, at: number, whole: string) =>
      mark(marks, whole[at - 1], whole[at + marks.length]),
    )
    .trim()
    .replace(/^[\s.,;:!?…]+|[\s.,;:!?…]+$/gu, '');
  return `${inner}.`;
}

/** The one mark that stands for a run of marks and spaces, with a space after it unless it stands in a number or word. */
function mark(marks: string, before = '', after = ''): string {
  const strongest = ['?', '!', '.', '…', ';', ':', ','].find((candidate) => marks.includes(candidate))!;
  const isInside = marks.length === 1 && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
  return isInside || /[)\]}"'»”’]/u.test(after) ? strongest : `${strongest} `;
}
