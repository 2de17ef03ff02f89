/** Seeds have at most four digits: people read them, and a shorter number says nothing about the file. */
const SEEDS = 9999;

/** The seed of a source whose user chose none, 1 … 9999: the same file always sounds the same. @param md5 In hexadecimal. */
export function seedOfSource(md5: string): number {
  return 1 + (Number.parseInt(md5.slice(0, 12), 16) % SEEDS);
}
