/** The part of the File Handling and Launch Handler APIs that is used; only Chromium has them. */
interface LaunchQueue {
  setConsumer(
    consumer: (launch: { files?: readonly FileSystemFileHandle[]; targetURL?: string }) => void,
  ): void;
}

/** What the installed app can receive from outside. */
export interface Incoming {
  /** A file: shared from the phone's gallery, or opened from the desktop. */
  onFile: (file: File) => void;
  /** The app icon's shortcut for a new project. */
  onNew: () => void;
}

/**
 * Receives shared and opened files, and shortcuts.
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
