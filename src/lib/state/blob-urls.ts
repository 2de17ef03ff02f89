import type { BlobName } from '#lib/job/blob-name.ts';
import { readBlob } from '#lib/worker/blob-store.ts';

/** Object URLs of blobs, one each, until they are all revoked. */
export class BlobUrls {
  #urls = new Map<string, Promise<string>>();

  /** The URL of a blob. Some browsers play a video only with its MIME type. */
  of(name: BlobName, mimeType = ''): Promise<string> {
    const key = `${name} ${mimeType}`;
    let url = this.#urls.get(key);
    if (!url)
      this.#urls.set(key, (url = this.file(name, '', mimeType).then((file) => URL.createObjectURL(file))));
    return url;
  }

  /** A blob as a file with a name and a MIME type, to read, save or share. Its bytes stay on disk. */
  async file(name: BlobName, fileName: string, mimeType = ''): Promise<File> {
    return new File([await readBlob(name)], fileName || name, { type: mimeType });
  }

  [Symbol.dispose](): void {
    for (const url of this.#urls.values()) {
      void url.then(
        (made) => URL.revokeObjectURL(made),
        () => undefined,
      );
    }
    this.#urls.clear();
  }
}
