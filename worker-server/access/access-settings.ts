import { BlockList, isIP } from 'node:net';
import * as v from 'valibot';
import { list, origins, setting } from '../setting.ts';

/** Settings of who may use the server. */
export const ACCESS_SETTINGS = {
  TOKEN: setting(
    'secret that clients must show; without it only this machine may generate',
    v.pipe(
      v.string(),
      v.regex(/^([\x21-\x7e]{16,256})?$/, 'TOKEN must have 16 to 256 characters and no spaces.'),
    ),
    '',
  ),
  ALLOWED_ORIGINS: setting('other apps whose pages may use this server', origins('ALLOWED_ORIGINS'), ''),
  CONNECT_ORIGINS: setting(
    'other servers that the pages served here may connect to',
    origins('CONNECT_ORIGINS'),
    '',
  ),
  TRUSTED_PROXIES: setting(
    'addresses or networks (10.0.0.0/8) whose X-Forwarded-For and -Proto count',
    v.pipe(
      list,
      v.everyItem(isNetwork, 'TRUSTED_PROXIES must be a list of addresses or networks, such as 10.0.0.0/8.'),
      v.transform(toBlockList),
    ),
    '',
  ),
};

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function toBlockList(networks: string[]): BlockList {
  const blockList = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    blockList.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return blockList;
}
