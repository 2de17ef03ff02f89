/**
 * An answer without what is left of a sentence that the limit of tokens cut off; as it is when it has no whole sentence.
 */
export function tidyAnswer(answer: string): string {
  const words = answer.replaceAll(/\s+/g, ' ').trim();
  if (/[.!?]["”’)]?$/.test(words)) return words;
  const whole = /^.*[.!?]["”’)]?(?= )/.exec(words)?.[0];
  return whole ?? words;
}
