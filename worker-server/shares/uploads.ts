import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { answerOf, ApiError } from '../api-error.ts';
import type { UploadTable } from './store/upload-table.ts';

/** Path of the upload endpoint. */
export const UPLOADS_PATH = '/api/v1/shares/uploads';

/** The methods of tus. Others are refused: GET would serve unchecked uploads. */
const METHODS = new Set(['POST', 'HEAD', 'PATCH', 'DELETE']);

/** Resumable uploads (tus 1.0). Uploads can't be downloaded: they are published only after a check. */
export class Uploads {
  readonly #server: Server;
  readonly #store: FileStore;
  readonly #folder: string;
  readonly #table: UploadTable;

  /** @param check Throws an ApiError when the client may not upload so many bytes. */
  constructor(
    folder: string,
    table: UploadTable,
    maxBytes: number,
    check: (client: string, bytes: number) => void,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#table = table;
    this.#store = new FileStore({ directory: folder });
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore: this.#store,
      relativeLocation: true,
      maxSize: maxBytes,
      onUploadCreate: async (request, { id, size }) => {
        const client = this.#clients.get(request) ?? 'unknown';
        try {
          if (!size) throw badLength();
          check(client, size);
        } catch (error) {
          throw toTusError(error);
        }
        table.begin(id, client, size, Date.now());
        return Promise.resolve({ metadata: {} });
      },
    });
  }

  readonly #clients = new WeakMap<Request, string>();

  /** Handles a tus request. */
  async answer(request: Request, client: string): Promise<Response> {
    // The override header would allow the methods that are refused here.
    if (!METHODS.has(request.method) || request.headers.has('X-HTTP-Method-Override')) {
      return answerOf(new ApiError(400, 'RequestError', 'Uploads know POST, HEAD, PATCH and DELETE.'));
    }
    this.#clients.set(request, client);
    const answer = await this.#server.handleWeb(request);
    const id = /[0-9a-f]{32}$/.exec(new URL(request.url).pathname)?.[0];
    if (request.method === 'DELETE' && answer.ok && id) this.#table.close(id);
    return answer;
  }

  /** Path and size of a finished upload. @throws ApiError 404, 409 */
  async finished(id: string): Promise<{ path: string; bytes: number }> {
    if (!this.#table.isOpen(id)) throw new ApiError(404, 'UploadUnknownError', 'There is no such upload.');
    const { size, offset } = await this.#store.getUpload(id).catch(() => {
      throw new ApiError(404, 'UploadUnknownError', 'This upload is gone: begin it again.');
    });
    if (size === undefined || offset !== size) {
      throw new ApiError(409, 'UploadUnfinishedError', 'The upload is not finished yet.');
    }
    return { path: join(this.#folder, id), bytes: size };
  }

  /** Deletes an upload and its bytes, if they still exist. */
  async forget(id: string): Promise<void> {
    await this.#store.remove(id).catch(() => this.#store.configstore.delete(id));
    this.#table.close(id);
  }
}

function badLength(): ApiError {
  return new ApiError(400, 'RequestError', 'An upload tells its length before it begins, and is not empty.');
}

/** An error that the tus server turns into a response with our error body. */
function toTusError(error: unknown): Error {
  const { status, name, message } = error instanceof ApiError ? error : badLength();
  return Object.assign(new Error(message), {
    status_code: status,
    body: JSON.stringify({ error: { name, message } }),
  });
}
