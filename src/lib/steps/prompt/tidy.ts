/**
 * Text as one tidy paragraph: single spaces, none before punctuation, no repeated punctuation, exactly one period at
 * the end. Text without any letter or digit becomes empty. The function is idempotent.
 */
export function tidy(text: string): string {
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  const inner = text
    .replace(/\s+/gu, ' ')
    // Of several marks in a row the strongest is kept: "calm,. And" becomes "calm. And".
    .replace(/[\s.,;:!?…]*[.,;:!?…][\s.,;:!?…]*/gu, (marks, at: number, whole: string) =>
      mark(marks, whole[at - 1], whole[at + marks.length]),
    )
    .trim()
    .replace(/^[\s.,;:!?…]+|[\s.,;:!?…]+$/gu, '');
  return `${inner}.`;
}

/** The one mark that replaces a run of marks and spaces, followed by a space unless it is inside a number or word. */
function mark(marks: string, before = '', after = ''): string {
  const strongest = ['?', '!', '.', '…', ';', ':', ','].find((candidate) => marks.includes(candidate))!;
  const isInside = marks.length === 1 && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
  return isInside || /[)\]}"'»”’]/u.test(after) ? strongest : `${strongest} `;
}
