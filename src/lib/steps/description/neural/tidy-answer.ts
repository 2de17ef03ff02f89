/**
 * An answer without its last, incomplete sentence; unchanged when it has no complete sentence.
 */
export function tidyAnswer(answer: string): string {
  const words = answer.replaceAll(/\s+/g, ' ').trim();
  if (/[.!?]["”’)]?$/.test(words)) return words;
  const whole = /^.*[.!?]["”’)]?(?= )/.exec(words)?.[0];
  return whole ?? words;
}
