/** Tar archives (POSIX.1-1988 "ustar") of plain files, written and read without holding their content in memory. */

const BLOCK_BYTES = 512;
/** Eleven octal digits. */
const MAX_FILE_BYTES = 8 ** 11 - 1;
const MAX_NAME_BYTES = 100;
/** More than any project has; a malicious archive could have millions. */
const MAX_FILES = 20_000;

/** The header fields that are used: first byte and length. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  time: [136, 12],
  checksum: [148, 8],
  kind: [156, 1],
  magic: [257, 8],
} as const;

/** The file is no supported archive, or it is truncated. */
export class ArchiveError extends Error {
  override name = 'ArchiveError';
}

/** One file of an archive; its bytes are not read until they are needed. */
export interface ArchivedFile {
  name: string;
  content: Blob;
}

/**
 * An archive of these files in this order, made of references: nothing is copied until it is saved.
 * @throws TypeError when a name is not ASCII of 1 to 100 characters; ArchiveError when a file has 8 GiB or more.
 */
export function makeTar(files: readonly ArchivedFile[]): Blob {
  const parts = files.flatMap(({ name, content }) => [
    header(name, content.size),
    content,
    new Uint8Array(padding(content.size)),
  ]);
  return new Blob([...parts, new Uint8Array(2 * BLOCK_BYTES)], { type: 'application/x-tar' });
}

/**
 * The files of an archive, in its order. Only headers are read.
 * @throws ArchiveError when a header is invalid, a name occurs twice, or the end is missing.
 */
export async function readTar(archive: Blob): Promise<ArchivedFile[]> {
  const files = new Map<string, ArchivedFile>();
  for (let at = 0; ;) {
    const block = new Uint8Array(await archive.slice(at, at + BLOCK_BYTES).arrayBuffer());
    if (block.length < BLOCK_BYTES)
      throw new ArchiveError('The file ends too early: a part of it is missing.');
    if (block.every((byte) => byte === 0)) return [...files.values()];
    const { name, size } = readHeader(block);
    const start = at + BLOCK_BYTES;
    at = start + size + padding(size);
    if (at > archive.size) throw new ArchiveError(`The file ends in the middle of "${name}".`);
    if (files.has(name)) throw new ArchiveError(`The file holds "${name}" twice.`);
    if (files.size >= MAX_FILES) throw new ArchiveError(`The file holds more than ${MAX_FILES} parts.`);
    files.set(name, { name, content: archive.slice(start, start + size) });
  }
}

function header(name: string, size: number): Uint8Array<ArrayBuffer> {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length > MAX_NAME_BYTES)
    throw new TypeError(`A name in an archive is 1 to 100 ASCII characters; "${name}" is not.`);
  if (size > MAX_FILE_BYTES)
    throw new ArchiveError(`Parts of less than 8 GiB can be kept; "${name}" is larger.`);
  const block = new Uint8Array(BLOCK_BYTES);
  write(block, 'name', name);
  write(block, 'mode', octal(0o644, 7));
  write(block, 'owner', octal(0, 7));
  write(block, 'group', octal(0, 7));
  write(block, 'size', octal(size, 11));
  write(block, 'time', octal(0, 11));
  write(block, 'kind', '0');
  write(block, 'magic', 'ustar\x0000');
  write(block, 'checksum', `${octal(checksum(block), 6)}\0 `);
  return block;
}

function readHeader(block: Uint8Array): { name: string; size: number } {
  const isOurs = read(block, 'magic').startsWith('ustar');
  if (!isOurs || parseInt(read(block, 'checksum'), 8) !== checksum(block))
    throw new ArchiveError('The file is damaged, or it is no project file.');
  const name = read(block, 'name');
  const size = read(block, 'size').trim();
  if (!['0', ''].includes(read(block, 'kind')) || !/^[0-7]{1,11}$/.test(size))
    throw new ArchiveError(`The file holds "${name}", which is no plain part of a project.`);
  return { name, size: parseInt(size, 8) };
}

/** The sum of all bytes of a header, with its own field counted as spaces. */
function checksum(block: Uint8Array): number {
  const [start, length] = FIELDS.checksum;
  return block.reduce(
    (sum, byte, index) => sum + (index >= start && index < start + length ? 0x20 : byte),
    0,
  );
}

function write(block: Uint8Array, field: keyof typeof FIELDS, text: string): void {
  block.set(new TextEncoder().encode(text), FIELDS[field][0]);
}

/** The text of a field, up to its first NUL. */
function read(block: Uint8Array, field: keyof typeof FIELDS): string {
  const [start, length] = FIELDS[field];
  return new TextDecoder().decode(block.subarray(start, start + length)).split('\0')[0]!;
}

const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
const padding = (bytes: number) => (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
