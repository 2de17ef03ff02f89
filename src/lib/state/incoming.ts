/** The part of the File Handling API that is used; it is in Chromium only. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Hands over files that come into the installed app: shared from the phone's gallery, or opened from the desktop.
 * The service worker puts a shared file into the cache named `incoming` and opens `/?incoming`.
 */
export async function receiveIncoming(onFile: (file: File) => void): Promise<void> {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => void files?.[0]?.getFile().then(onFile));
  if (!new URLSearchParams(location.search).has('incoming')) return;
  history.replaceState(history.state, '', '/');
  const cache = await caches.open('incoming');
  const response = await cache.match('/incoming');
  if (!response) return;
  await cache.delete('/incoming');
  const name = decodeURIComponent(response.headers.get('X-Name') ?? 'shared');
  onFile(new File([await response.blob()], name, { type: response.headers.get('Content-Type') ?? '' }));
}
