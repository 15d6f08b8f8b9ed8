/**
 * Addresses that came from outside lead to the public internet or nowhere. The check is made where the connection
 * is: on the literal host and on every address that DNS gives for it, so a name can't change its mind in between.
 */
import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

export class RefusedAddress extends Error {
  constructor(why: string) {
    super(`address refused: ${why}`);
    this.name = 'RefusedAddress';
  }
}

/** Loopback, private, link-local, carrier, reserved, translated: everything that isn't plain unicast is out. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // ipaddr.js calls every IPv6 block without an entry unicast; only 2000::/3 has ever been given out.
  const given = parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
  return given && parsed.range() === 'unicast';
}

/** Throws `RefusedAddress` unless the url is https to a public host, or its host is one that the operator trusts. */
export function checkAddress(url: URL, trustedHosts: ReadonlySet<string>): void {
  if (isTrusted(url, trustedHosts)) return;
  if (url.protocol !== 'https:') throw new RefusedAddress('not https');
  if (url.username !== '' || url.password !== '') throw new RefusedAddress('carries a user name');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host) && !isPublic(host)) throw new RefusedAddress('not a public address');
}

/** Matches `host` or `host:port`, as `MEDIA_TRUSTED_HOSTS` spells them; only for http and https. */
export function isTrusted(url: URL, trustedHosts: ReadonlySet<string>): boolean {
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  // An address leaves out its scheme's own port, the operator may have spelt it.
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return web && (trustedHosts.has(url.hostname) || trustedHosts.has(`${url.hostname}:${port}`));
}

/** Node's own lookup that refuses a name when any of its addresses is not public. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return callback(error, '');
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublic(address)))
      return callback(new RefusedAddress('not a public address'), '');
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
