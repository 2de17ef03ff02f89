import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the repository, or the one in a package that stands for it. */
export const ROOT = join(import.meta.dirname, '..');

/** Whether this runs from a package, which brings the built app along, and not from the repository. */
export const IS_PACKAGE = !existsSync(join(ROOT, 'vite.config.ts'));
