import type { FileHandle } from 'node:fs/promises';
import { MediaRefusedError } from './media-facts.ts';

/** The first bytes of what an app has sealed: see `src/lib/share/seal.ts`. */
const MAGIC = 'IMVSEAL1';
const HEADER_BYTES = 20;
const TAG_BYTES = 16;
const MOST_CHUNK_BYTES = 4 << 20;

/** All that can be known of sealed bytes: that they have the form of such. @throws MediaRefusedError */
export async function checkSealed(file: FileHandle, size: number): Promise<void> {
  const head = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await file.read(head, 0, HEADER_BYTES, 0);
  const chunk = head.readUInt32BE(8);
  const isSealed =
    bytesRead === HEADER_BYTES &&
    head.toString('latin1', 0, 8) === MAGIC &&
    chunk >= 1024 &&
    chunk <= MOST_CHUNK_BYTES &&
    size > HEADER_BYTES + TAG_BYTES;
  if (!isSealed) throw new MediaRefusedError('These are no sealed bytes that an app has made.');
}
