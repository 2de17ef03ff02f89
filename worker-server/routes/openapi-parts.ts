const REASONS: Record<number, string> = {
  400: 'The request is not understood; `at` names the field.',
  403: 'The secret is not that of the link.',
  404: 'There is no such thing, or no such part of it, or no more.',
  409: 'The id belongs to another request, or what is wanted is not finished yet.',
  413: 'The body is too large.',
  415: 'The body is of a type that is not understood.',
  422: 'No engine here can do this, or the picture is none.',
  503: 'There is no room, or the server stops: Retry-After says when to try again.',
};

/** A reference to a schema of the document. */
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** A JSON response. */
export const json = (description: string, name: string) => ({
  description,
  content: { 'application/json': { schema: ref(name) } },
});
/** Error responses. */
export const refused = (...statuses: number[]) =>
  Object.fromEntries(statuses.map((status) => [status, json(REASONS[status]!, 'Error')]));
/** A request header. */
export const header = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'header',
  description,
  schema,
});
/** A query parameter. */
export const query = (name: string, description: string, schema: object) => ({
  name,
  in: 'query',
  description,
  schema,
});
