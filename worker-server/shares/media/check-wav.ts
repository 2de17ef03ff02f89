import type { FileHandle } from 'node:fs/promises';
import { MediaRefusedError } from './media-facts.ts';

const CHUNKS = new Set(['fmt ', 'data', 'LIST', 'fact', 'PEAK', 'bext', 'JUNK']);

/** Walks the chunks of a WAV file: they must be known and fill the file exactly. @throws MediaRefusedError */
export async function checkWav(file: FileHandle, size: number): Promise<void> {
  const head = Buffer.alloc(12);
  await file.read(head, 0, 12, 0);
  const isWhole =
    head.toString('latin1', 0, 4) === 'RIFF' &&
    head.toString('latin1', 8, 12) === 'WAVE' &&
    head.readUInt32LE(4) + 8 === size;
  if (!isWhole) throw refused('its length is not the one that it tells');
  let at = 12;
  while (at < size) {
    const { bytesRead } = await file.read(head, 0, 8, at);
    if (bytesRead < 8 || !CHUNKS.has(head.toString('latin1', 0, 4)))
      throw refused('it has parts that no sound has');
    const bytes = head.readUInt32LE(4);
    at += 8 + bytes + (bytes % 2);
  }
  // The padding byte of the last chunk may be missing.
  if (at > size + 1) throw refused('its parts do not fit into it');
}

function refused(why: string): MediaRefusedError {
  return new MediaRefusedError(`This is no sound for a link: ${why}.`);
}
