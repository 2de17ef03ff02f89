import type { Project } from '#lib/projects/project.ts';
import type { Checkout, ProjectStore } from '#lib/projects/project-store.ts';
import { ProjectSession, type Saving } from './project-session.svelte.ts';

/** The session of the open project, and those of closed ones that are not saved yet. */
export class ProjectSessions {
  /** The session of the open project; null on the start screen. */
  current: ProjectSession | null = $state.raw(null);

  readonly #store: ProjectStore;
  /** Sessions of closed projects that are still being saved. */
  #closing: readonly ProjectSession[] = $state.raw([]);

  /** A session that could not save, the open one first; null when all is well. */
  readonly unsaved: ProjectSession | null = $derived.by(() => {
    const all = this.current ? [this.current, ...this.#closing] : this.#closing;
    return all.find(({ saving }) => typeof saving === 'object') ?? null;
  });
  /** Whether the open and the closed projects are saved. */
  readonly saving: Saving = $derived(this.unsaved?.saving ?? this.current?.saving ?? 'saved');

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** Opens a new project. */
  begin(project: Project): ProjectSession {
    return this.#show(ProjectSession.begin(this.#store, project));
  }

  /** Opens a stored project; as it was left in this tab if that is not saved yet. */
  resume(checkout: Checkout): ProjectSession {
    return this.#show(
      this.#closing.find(({ project }) => project.id === checkout.project.id) ??
        ProjectSession.resume(this.#store, checkout),
    );
  }

  /** Closes the open project. Unsaved changes are still saved. */
  close(): void {
    this.#show(null);
  }

  #show<S extends ProjectSession | null>(session: S): S {
    const before = this.current;
    this.#closing = this.#closing.filter((one) => one !== session);
    this.current = session;
    if (before && before !== session) void this.#letGo(before);
    return session;
  }

  async #letGo(session: ProjectSession): Promise<void> {
    this.#closing = [...this.#closing, session];
    await session.whenSaved();
    // The project may have been opened again meanwhile.
    if (this.current === session) return;
    this.#closing = this.#closing.filter((one) => one !== session);
    session[Symbol.dispose]();
  }
}
