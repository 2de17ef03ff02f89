import {
  SharedAnswerSchema,
  ShareIdSchema,
  ShareRulesAnswerSchema,
  ShareSpecSchema,
} from '#lib/protocol/share.ts';
import { header, json, ref, refused } from './openapi-parts.ts';

/** Schemas of links. */
export const SHARE_SCHEMAS = {
  ShareSpec: ShareSpecSchema,
  ShareId: ShareIdSchema,
  ShareRules: ShareRulesAnswerSchema,
  Shared: SharedAnswerSchema,
};

const tus = header('Tus-Resumable', 'The version of tus', { const: '1.0.0' });
const secret = header('Authorization', '`Bearer` and the secret of the link, which only its maker has');
const offset = { 'Upload-Offset': { description: 'Bytes that are there', schema: { type: 'integer' } } };
/** Links are not under `/api/v1`. */
const link = {
  servers: [{ url: '/' }],
  parameters: [{ name: 'id', in: 'path', required: true, schema: ref('ShareId') }],
};

/** Paths of links: limits, upload by tus 1.0, publishing, deletion. */
export const SHARE_PATHS = {
  '/shares': {
    get: { summary: 'What may be published here', responses: { 200: json('The rules', 'ShareRules') } },
    post: {
      summary: 'Makes a link of a finished upload',
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['spec'],
              properties: {
                spec: {
                  type: 'string',
                  contentMediaType: 'application/json',
                  contentSchema: ref('ShareSpec'),
                },
                poster: { type: 'string', contentMediaType: 'image/jpeg' },
              },
            },
            encoding: { spec: { contentType: 'application/json' }, poster: { contentType: 'image/jpeg' } },
          },
        },
      },
      responses: { 201: json('The link', 'Shared'), ...refused(400, 404, 409, 413, 415, 422, 503) },
    },
  },
  '/shares/uploads': {
    post: {
      summary: 'Begins an upload (tus 1.0, creation)',
      parameters: [tus, header('Upload-Length', 'Bytes of the file', { type: 'integer', minimum: 1 })],
      responses: {
        201: {
          description: 'Begun',
          headers: { Location: { description: 'Address of the upload', schema: { type: 'string' } } },
        },
        ...refused(400, 413, 503),
      },
    },
  },
  '/shares/uploads/{upload}': {
    parameters: [{ name: 'upload', in: 'path', required: true, schema: { pattern: '^[0-9a-f]{32}$' } }, tus],
    head: {
      summary: 'How much of the upload is there',
      responses: { 200: { description: 'As the header says', headers: offset }, ...refused(404) },
    },
    patch: {
      summary: 'The next bytes of the upload',
      parameters: [header('Upload-Offset', 'Where they begin', { type: 'integer', minimum: 0 })],
      requestBody: { content: { 'application/offset+octet-stream': { schema: {} } } },
      responses: { 204: { description: 'Taken', headers: offset }, ...refused(400, 404, 409, 413) },
    },
    delete: { summary: 'Gives the upload up', responses: { 204: { description: 'Gone' }, ...refused(404) } },
  },
  '/s/{id}': {
    ...link,
    delete: {
      summary: 'Deletes a link',
      parameters: [secret],
      responses: { 204: { description: 'Deleted' }, ...refused(403, 404) },
    },
  },
  '/s/{id}/restore': {
    ...link,
    post: {
      summary: 'Takes a deletion back, as long as the file is there',
      parameters: [secret],
      responses: { 204: { description: 'There again' }, ...refused(403, 404, 409) },
    },
  },
};
