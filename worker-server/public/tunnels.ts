/** A program that makes a local port reachable from the internet. */
export interface Tunnel {
  name: string;
  /** Name of the program on PATH. */
  command: string;
  args: (port: number) => string[];
  /** Matches the public address in its output. */
  address: RegExp;
  /** How to install it. */
  advice: string;
}

/** The supported tunnels; the one that needs no account first. */
export const TUNNELS: readonly Tunnel[] = [
  {
    name: 'cloudflared',
    command: 'cloudflared',
    args: (port) => ['tunnel', '--no-autoupdate', '--url', `http://127.0.0.1:${port}`],
    address: /https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com/,
    advice:
      'cloudflared: https://developers.cloudflare.com/cloudflare-one/networks/connectors/cloudflare-tunnel/downloads/ (no account)',
  },
  {
    name: 'ngrok',
    command: 'ngrok',
    args: (port) => ['http', `127.0.0.1:${port}`, '--log', 'stdout', '--log-format', 'logfmt'],
    address: /(?<=\burl=)https:\/\/[a-z0-9.-]+/,
    advice: 'ngrok: https://ngrok.com/download (an account, then "ngrok config add-authtoken …")',
  },
  {
    name: 'tailscale funnel',
    command: 'tailscale',
    args: (port) => ['funnel', String(port)],
    address: /https:\/\/[a-z0-9-]+\.[a-z0-9-]+\.ts\.net/,
    advice: 'tailscale: https://tailscale.com/download (an account, then "tailscale funnel" as it explains)',
  },
];
