import type { BlobName } from '#lib/job/blob-name.ts';
import { readBlob } from '#lib/worker/blob-store.ts';

/** Object URLs of blobs, one each, until they are all given back. */
export class BlobUrls {
  #urls = new Map<BlobName, Promise<string>>();

  /** The URL under which the page can show or download a blob. */
  of(name: BlobName): Promise<string> {
    let url = this.#urls.get(name);
    if (!url) this.#urls.set(name, (url = readBlob(name).then((file) => URL.createObjectURL(file))));
    return url;
  }

  [Symbol.dispose](): void {
    for (const url of this.#urls.values()) {
      void url.then(URL.revokeObjectURL, () => undefined);
    }
    this.#urls.clear();
  }
}
