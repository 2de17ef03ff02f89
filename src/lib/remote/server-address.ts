const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The origin of a server from what the user typed, such as `gpu.example.org` or `http://localhost:3000/`.
 * Without a scheme it is https, except for this machine.
 * @param pageOrigin Where the app comes from: a page from https can't reach a server without https.
 * @throws TypeError with one sentence for the user.
 */
export function readServerAddress(typed: string, pageOrigin: string): string {
  const text = typed.trim();
  const host = text.replace(/[/?#].*$/, '').replace(/:\d+$/, '');
  const scheme = LOCAL_HOSTS.includes(host) ? 'http' : 'https';
  const address = /^[a-z]+:\/\//i.test(text) ? text : `${scheme}://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`The address of a server was wanted, such as gpu.example.org; “${text}” is none.`);
  }
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) {
    throw new TypeError(
      `An address without path, name and password was wanted, such as ${url.origin}; “${text}” came.`,
    );
  }
  const isHidden = url.protocol === 'https:' || LOCAL_HOSTS.includes(url.hostname);
  if (!isHidden && pageOrigin.startsWith('https:')) {
    throw new TypeError(`A page that came by https reaches only servers with https; ${url.origin} has none.`);
  }
  return url.origin;
}

/** The URL of an API route, such as `engines`. */
export function apiUrl(origin: string, route: string): string {
  return `${origin}/api/v1/${route}`;
}

/** The URL of the server's WebSocket. */
export function socketUrl(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/ws`;
}
