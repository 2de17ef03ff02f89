import * as v from 'valibot';

/** The subject of an entry: the whole film, one of its scenes, or one clip of its timeline. */
export type Subject = 'film' | `scene:${string}` | `clip:${string}`;
export type SubjectKind = 'film' | 'scene' | 'clip';

export const FILM = 'film' satisfies Subject;

export const SubjectSchema = v.custom<Subject>(
  (value) => typeof value === 'string' && /^(film|(scene|clip):[\w-]{1,64})$/.test(value),
  'A subject is "film", "scene:<id>" or "clip:<id>"',
);

/** A subject and its time span, in seconds from the beginning of the film. */
export interface Span {
  subject: Subject;
  startSeconds: number;
  endSeconds: number;
}

/** The kind of a subject. */
export function subjectKind(subject: Subject): SubjectKind {
  return subject.split(':', 1)[0] as SubjectKind;
}

/** Whether two spans overlap; touching spans do not. */
export function isOverlapping(one: Omit<Span, 'subject'>, other: Omit<Span, 'subject'>): boolean {
  return one.startSeconds < other.endSeconds && other.startSeconds < one.endSeconds;
}
