import * as v from 'valibot';

/** What an entry is about: the whole film, one scene of it, or one clip of its timeline. */
export type Subject = 'film' | `scene:${string}` | `clip:${string}`;
export type SubjectKind = 'film' | 'scene' | 'clip';

export const FILM = 'film' satisfies Subject;

export const SubjectSchema = v.custom<Subject>(
  (value) => typeof value === 'string' && /^(film|(scene|clip):[\w-]{1,64})$/.test(value),
  'A subject is "film", "scene:<id>" or "clip:<id>"',
);

/** A subject and the stretch of the film that it covers, in seconds from the film's beginning. */
export interface Span {
  subject: Subject;
  startSeconds: number;
  endSeconds: number;
}

/** What kind of thing a subject is. */
export function subjectKind(subject: Subject): SubjectKind {
  return subject.split(':', 1)[0] as SubjectKind;
}

/** Whether two stretches have time in common; ones that only touch have none. */
export function isOverlapping(one: Omit<Span, 'subject'>, other: Omit<Span, 'subject'>): boolean {
  return one.startSeconds < other.endSeconds && other.startSeconds < one.endSeconds;
}
