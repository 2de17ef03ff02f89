import type { PadTable } from '../../dsp/pad-table.ts';

/** A piece needs about a dozen; each takes half a megabyte to one. */
const MOST_TABLES = 20;

const tables = new Map<string, PadTable>();

/** The table of that name, made if it isn't kept; the ones not asked for longest make way. The same name, the same table. */
export function keptTable(name: string, make: (name: string) => PadTable): PadTable {
  const table = tables.get(name) ?? make(name);
  tables.delete(name);
  tables.set(name, table);
  for (const oldest of tables.keys()) {
    if (tables.size <= MOST_TABLES) break;
    tables.delete(oldest);
  }
  return table;
}
