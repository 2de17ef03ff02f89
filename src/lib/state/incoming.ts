/** The part of the File Handling and Launch Handler APIs that is used; they are in Chromium only. */
interface LaunchQueue {
  setConsumer(
    consumer: (launch: { files?: readonly FileSystemFileHandle[]; targetURL?: string }) => void,
  ): void;
}

/** What may come into the installed app from outside. */
export interface Incoming {
  /** A file: shared from the phone's gallery, or opened from the desktop. */
  onFile: (file: File) => void;
  /** The shortcut on the app's icon asks for a new project. */
  onNew: () => void;
}

/**
 * Hands over what comes into the installed app.
 * The service worker puts a shared file into the cache named `incoming` and opens `/?incoming`.
 */
export async function receiveIncoming({ onFile, onNew }: Incoming): Promise<void> {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files, targetURL }) => {
    const [file] = files ?? [];
    if (file) void file.getFile().then(onFile);
    else if (targetURL && new URL(targetURL).searchParams.has('new')) onNew();
  });
  const asked = new URLSearchParams(location.search);
  if (asked.has('new') || asked.has('incoming')) history.replaceState(history.state, '', '/');
  if (asked.has('new')) onNew();
  if (!asked.has('incoming')) return;
  const cache = await caches.open('incoming');
  const response = await cache.match('/incoming');
  if (!response) return;
  await cache.delete('/incoming');
  const name = decodeURIComponent(response.headers.get('X-Name') ?? 'shared');
  onFile(new File([await response.blob()], name, { type: response.headers.get('Content-Type') ?? '' }));
}
