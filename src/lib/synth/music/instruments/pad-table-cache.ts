import type { PadTable } from '../../dsp/pad-table.ts';

/** A piece of music needs about a dozen tables of 0.25 to 0.5 MB each. */
const MAX_TABLES = 20;

const tables = new Map<string, PadTable>();

/**
 * The cached table of a name, or a new one; the least recently used are evicted. Equal names must mean equal tables.
 */
export function cachedPadTable(name: string, make: (name: string) => PadTable): PadTable {
  const table = tables.get(name) ?? make(name);
  tables.delete(name);
  tables.set(name, table);
  for (const oldest of tables.keys()) {
    if (tables.size <= MAX_TABLES) break;
    tables.delete(oldest);
  }
  return table;
}
