import type { Project } from '#lib/projects/project.ts';
import type { Checkout, ProjectStore } from '#lib/projects/project-store.ts';
import { ProjectSession, type Saving } from './project-session.svelte.ts';

/** The session of the open project, and those of closed ones that are not saved yet. */
export class ProjectSessions {
  /** The session of the open project; null on the start screen. */
  now: ProjectSession | null = $state.raw(null);

  readonly #store: ProjectStore;
  /** Sessions of closed projects whose work is still on its way into storage. */
  #closing: readonly ProjectSession[] = $state.raw([]);

  /** The session that could not save, the open one first; null when all is well. */
  readonly unsaved: ProjectSession | null = $derived.by(() => {
    const all = this.now ? [this.now, ...this.#closing] : this.#closing;
    return all.find(({ saving }) => typeof saving === 'object') ?? null;
  });
  /** How the work stands, of the open project and of closed ones. */
  readonly saving: Saving = $derived(this.unsaved?.saving ?? this.now?.saving ?? 'saved');

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** Opens a project that is new. */
  begin(project: Project): ProjectSession {
    return this.#show(ProjectSession.begin(this.#store, project));
  }

  /** Opens a stored project: as it was left in this tab, if that is not stored yet. */
  resume(checkout: Checkout): ProjectSession {
    return this.#show(
      this.#closing.find(({ project }) => project.id === checkout.project.id) ??
        ProjectSession.resume(this.#store, checkout),
    );
  }

  /** Closes the open project. What is not saved yet goes on being saved. */
  close(): void {
    this.#show(null);
  }

  #show<S extends ProjectSession | null>(session: S): S {
    const before = this.now;
    this.#closing = this.#closing.filter((one) => one !== session);
    this.now = session;
    if (before && before !== session) void this.#letGo(before);
    return session;
  }

  async #letGo(session: ProjectSession): Promise<void> {
    this.#closing = [...this.#closing, session];
    await session.whenSaved();
    // It may have been opened again meanwhile.
    if (this.now === session) return;
    this.#closing = this.#closing.filter((one) => one !== session);
    session[Symbol.dispose]();
  }
}
