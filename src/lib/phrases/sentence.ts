import type { Facts } from '#lib/job/facts.ts';
import { statementOf, type Statement } from './statement.ts';

/** How a language puts statements into words. */
export interface Language {
  /** A clause in lower case without a full stop; `isFirst` tells whether it begins the sentence. */
  clause: (said: Statement, isFirst: boolean) => string;
  /** What joins the clauses of parts that follow each other. */
  then: string;
}

/** One sentence about a film or a picture; a film with parts gets a clause for each. */
export function sentenceFrom(facts: Facts, { clause, then }: Language): string {
  const clauses = (facts.parts ?? [facts]).map((part, i) => clause(statementOf(part), i === 0));
  const text = clauses.filter((each, i) => each !== clauses[i - 1]).join(then);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** "a", "a and b", "a, b and c". */
export function listOf(words: readonly string[], and: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)!}`;
}
