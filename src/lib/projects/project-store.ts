import { canonical } from '#lib/job/entry-key.ts';
import { blobNames, findEntry } from '#lib/job/job.ts';
import type { EntryOf } from '#lib/job/entry.ts';
import { replacedEdits } from '#lib/job/takes.ts';
import { sweepBlobs } from '#lib/worker/blob-store.ts';
import { readHistory, storedHistory, type EditHistory } from './edit-history.ts';
import { ProjectChannel } from './project-channel.ts';
import { applyChange, type ProjectChange } from './project-change.ts';
import { ProjectDatabase, type EntryRow, type HeadRow, type WriteTransaction } from './project-database.ts';
import { copyProject, type Project, type ProjectSummary } from './project.ts';
import { isSchema1, readEntries, readRows, type ReadRows } from './read-rows.ts';

/** How far a tab has read a project: the number of the last entry row that it knows. */
export type Mark = number;

/** A project as it is stored now, for a tab that will save changes to it. */
export interface Checkout extends ReadRows {
  mark: Mark;
  history: EditHistory;
}

/** The result of a save: the stored project without the older entries, and what other tabs have added. */
export interface Saved {
  head: Omit<Project, 'job'>;
  /** Entries of other tabs that this one did not know. */
  added: Project['job']['entries'];
  mark: Mark;
}

/** The projects of this device: documents in IndexedDB, entry by entry, and their bytes in the blob store. */
export class ProjectStore {
  readonly #database = new ProjectDatabase();
  readonly #channel = new ProjectChannel();

  /** All projects that are not deleted, the latest first; including damaged ones. */
  async list(): Promise<ProjectSummary[]> {
    const [rows, entries] = await this.#database.use((database) =>
      Promise.all([database.getAllFromIndex('projects', 'updatedAt'), database.getAll('entries')]),
    );
    const byProject = Map.groupBy(entries, ({ project }) => project);
    const kept = rows.filter(({ deletedAt }) => !deletedAt).reverse();
    const summaries = [];
    for (const row of kept) summaries.push(await summarise(row, byProject.get(row.id) ?? []));
    return summaries;
  }

  /**
   * Loads one project and migrates it; undefined when there is none.
   * @throws JobDocumentError when it can't be read.
   */
  async load(id: string): Promise<Checkout | undefined> {
    const found = await this.#read(id);
    if (!found) return undefined;
    const { project, unreadable } = await readRows(found.head, found.entries);
    const history = readHistory(found.history);
    const mark = isSchema1(found.head) ? await this.#migrate(project) : found.mark;
    return { project, unreadable, history, mark };
  }

  /** Stores a new project. */
  async add(project: Project): Promise<Mark> {
    const mark = await this.#database.write((transaction) => putWhole(transaction, project));
    this.#channel.announce(project.id);
    return mark;
  }

  /**
   * Merges the changes of a tab into the stored project, which other tabs may have changed since `mark`: all entries
   * stay, and only changed fields and options are written.
   * @param project The tab's own state; it is stored as a whole when the stored one is gone.
   */
  async save(project: Project, change: ProjectChange, mark: Mark): Promise<Saved> {
    const saved = await this.#database.write(async (transaction) => {
      const heads = transaction.objectStore('projects');
      if (change.history)
        await transaction.objectStore('histories').put(storedHistory(change.history), project.id);
      const row = await heads.get(project.id);
      if (!row || isSchema1(row)) {
        return { head: project, added: [], mark: await putWhole(transaction, project) };
      }
      const { added, mark: known } = await entriesAfter(transaction, project.id, mark);
      const latest = await addEntries(transaction, project.id, change.entries);
      const head = { ...applyChange(row, change), updatedAt: now(), revision: row.revision + 1 };
      await heads.put(head);
      return { head, added, mark: Math.max(known, latest) };
    });
    this.#channel.announce(project.id);
    return saved;
  }

  /** What other tabs have changed since `mark`; undefined when the project is not stored any more. */
  async pull(id: string, mark: Mark): Promise<Saved | undefined> {
    const found = await this.#read(id, mark);
    if (!found || isSchema1(found.head)) return undefined;
    return { head: found.head, added: readEntries(found.entries).entries, mark: found.mark };
  }

  /** Listens for changes by other tabs or other parts of this page; returns a function that stops it. */
  onChange(listener: (id: string) => void): () => void {
    return this.#channel.listen(listener);
  }

  /** Marks a project as deleted, or restores it. The next `purge` frees its blobs. Works for damaged ones too. */
  async setDeleted(id: string, isDeleted: boolean): Promise<void> {
    await this.#amend(id, (row) => ({ ...row, deletedAt: isDeleted ? now() : null }));
  }

  /** Renames a project. Works for damaged ones too. */
  async rename(id: string, title: string): Promise<void> {
    await this.#amend(id, (row) => ({ ...row, title, updatedAt: now() }));
  }

  /** Makes an independent copy without history; both share their blobs, so it takes almost no storage. */
  async duplicate(id: string, title: string): Promise<void> {
    const checkout = await this.load(id);
    if (checkout) await this.add(copyProject(checkout.project, title));
  }

  /** The stored rows of a project as JSON, for one that can't be read. */
  async exportRaw(id: string): Promise<Blob> {
    const found = await this.#read(id);
    return new Blob([JSON.stringify(found ?? null, null, 1)], { type: 'application/json' });
  }

  /**
   * Removes deleted projects and replaced edits, and frees every blob that no row and no history names; returns the bytes
   * freed. Must only run when no other tab is open, since no row names the blobs of unsaved entries.
   */
  async purge(): Promise<number> {
    const named = await this.#database.write(async (transaction) => {
      const [heads, entries] = [transaction.objectStore('projects'), transaction.objectStore('entries')];
      const rows = await heads.getAll();
      const kept = rows.filter(({ deletedAt }) => !deletedAt);
      for (const { id, deletedAt } of rows) if (deletedAt) await heads.delete(id);
      const names = new Set(kept.flatMap((row) => [...blobNames(row)]));
      const ids = new Set(kept.map(({ id }) => id));
      const numbered = await numberedRows(transaction);
      const dropped = garbage(numbered, kept);
      for (const name of await keptByHistories(transaction, ids)) names.add(name);
      for (const [number, row] of numbered) {
        if (dropped.has(number)) await entries.delete(number);
        else for (const name of blobNames(row)) names.add(name);
      }
      return names;
    });
    return sweepBlobs(named);
  }

  /** The rows of a project, without the entries up to `mark`. */
  async #read(id: string, mark: Mark = 0) {
    return this.#database.use(async (database) => {
      const transaction = database.transaction(['projects', 'entries', 'histories']);
      const index = transaction.objectStore('entries').index('project');
      const [head, history, rows, numbers] = await Promise.all([
        transaction.objectStore('projects').get(id),
        transaction.objectStore('histories').get(id),
        index.getAll(id),
        index.getAllKeys(id),
      ]);
      const entries = rows.filter((_, at) => numbers[at]! > mark);
      return head && { head, history, entries, mark: Math.max(mark, ...numbers) };
    });
  }

  /** Stores a project of schema 1 as rows, unless another tab has already done it. */
  async #migrate(project: Project): Promise<Mark> {
    return this.#database.write(async (transaction) => {
      const row = await transaction.objectStore('projects').get(project.id);
      if (row && isSchema1(row)) return putWhole(transaction, project);
      return (await entriesAfter(transaction, project.id, 0)).mark;
    });
  }

  async #amend(id: string, change: (row: HeadRow) => HeadRow): Promise<void> {
    await this.#database.write(async (transaction) => {
      const heads = transaction.objectStore('projects');
      const row = await heads.get(id);
      if (row) await heads.put(change(row));
    });
    this.#channel.announce(id);
  }
}

const now = () => new Date().toISOString();

async function summarise(row: HeadRow, entries: readonly EntryRow[]): Promise<ProjectSummary> {
  const { id, updatedAt } = row;
  const common = { id, updatedAt, title: String(row.title), blobs: blobNames([row, entries]) };
  try {
    const { project } = await readRows(row, entries);
    const { durationSeconds } = findEntry(project.job, 'source')!.output;
    return { ...common, poster: project.poster, durationSeconds, damage: null };
  } catch (error) {
    return { ...common, poster: null, durationSeconds: null, damage: (error as Error).message };
  }
}

/** Writes a head and all entries, in place of those with the same id. */
async function putWhole(transaction: WriteTransaction, { job, ...head }: Project): Promise<Mark> {
  const heads = transaction.objectStore('projects');
  const before = await heads.get(head.id);
  await heads.put({ ...head, updatedAt: head.updatedAt, revision: (before?.revision ?? 0) + 1 });
  return addEntries(transaction, head.id, job.entries);
}

async function addEntries(
  transaction: WriteTransaction,
  project: string,
  entries: readonly unknown[],
): Promise<Mark> {
  const store = transaction.objectStore('entries');
  let mark: Mark = 0;
  for (const entry of entries) mark = await store.add({ project, entry });
  return mark;
}

async function entriesAfter(transaction: WriteTransaction, id: string, mark: Mark) {
  const index = transaction.objectStore('entries').index('project');
  const [rows, numbers] = await Promise.all([index.getAll(id), index.getAllKeys(id)]);
  const added = readEntries(rows.filter((_, at) => numbers[at]! > mark)).entries;
  return { added, mark: Math.max(mark, ...numbers) };
}

async function numberedRows(transaction: WriteTransaction): Promise<[number, EntryRow][]> {
  const store = transaction.objectStore('entries');
  const [rows, numbers] = await Promise.all([store.getAll(), store.getAllKeys()]);
  return rows.map((row, at) => [numbers[at]!, row]);
}

/** Removes the histories of projects that are gone; returns the blobs that the others name. */
async function keptByHistories(transaction: WriteTransaction, kept: ReadonlySet<string>) {
  const store = transaction.objectStore('histories');
  const [ids, histories] = await Promise.all([store.getAllKeys(), store.getAll()]);
  for (const id of ids) if (!kept.has(id)) await store.delete(id);
  return blobNames(histories.filter((_, at) => kept.has(ids[at]!)));
}

/**
 * The numbers of unreachable rows: those of removed projects, and edits that later ones have replaced, unless the options
 * of the project have gone back to them.
 */
function garbage(rows: readonly [number, EntryRow][], kept: readonly HeadRow[]): Set<number> {
  const dropped = new Set<number>();
  for (const [project, own] of Map.groupBy(rows, ([, row]) => row.project)) {
    const head = kept.find(({ id }) => id === project);
    const score = canonical(head?.options?.all?.soundtrack?.score);
    const { entries } = readEntries(own.map(([, row]) => row));
    // If an entry can't be read, its inputs are unknown.
    const isWhole = entries.length === own.length;
    const job = { schema: 2, id: project, createdAt: '', entries } as const;
    const isChosen = ({ options }: EntryOf<'soundtrack'>) => canonical(options.score) === score;
    const replaced = isWhole ? replacedEdits(job, isChosen) : new Set();
    own.forEach(([number], at) => {
      if (!head || replaced.has(entries[at]!)) dropped.add(number);
    });
  }
  return dropped;
}
