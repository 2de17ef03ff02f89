import { isProjectFile } from '#lib/projects/project-file.ts';
import type { Library } from './library.svelte.ts';
import type { Remix } from './remix.svelte.ts';
import type { Models } from './models.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** Opens any file: a project file as a project, anything else as the source of a new project. */
export async function openFile(
  file: File,
  {
    studio,
    models,
    settings,
    library,
    remix,
  }: { studio: Studio; models: Models; settings: Settings; library: Library; remix: Remix },
): Promise<void> {
  if (isProjectFile(file)) {
    const before = studio.project?.id;
    studio.close();
    const project = await library.importFile(file);
    // With a file that can't be read the project before is open again.
    const id = project?.id ?? before;
    if (id && !studio.project) await studio.openProject(id);
    return;
  }
  if (models.rows.length === 0) await models.refresh();
  const { options, forSource } = remix.use(settings.applyTo(models.defaultOptions()));
  await studio.open(file, options, forSource);
}
