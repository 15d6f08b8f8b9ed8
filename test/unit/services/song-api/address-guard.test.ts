import { describe, expect, it } from 'vitest';
import {
  checkAddress,
  isPublic,
  isTrusted,
  publicLookup,
  RefusedAddress,
} from '../../../../src/services/song-api/address-guard.ts';

const nobody: ReadonlySet<string> = new Set();
const check = (address: string, trusted = nobody) => checkAddress(new URL(address), trusted);

describe('a private address', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback, shortened', '127.1'],
    ['loopback as one number', '2130706433'],
    ['loopback in hexadecimal', '0x7f000001'],
    ['loopback in octal', '0177.0.0.1'],
    ['loopback with a dot at its end', '127.0.0.1.'],
    ['loopback in full-width digits', '１２７.0.0.1'],
    ['loopback, elsewhere in its block', '127.9.9.9'],
    ['a private block', '10.0.0.1'],
    ['a second private block', '172.16.0.1'],
    ['a third private block', '192.168.1.1'],
    ['the metadata service', '169.254.169.254'],
    ["a carrier's block", '100.64.0.1'],
    ['this host', '0.0.0.0'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['a block for documentation', '192.0.2.1'],
    ['a block for benchmarks', '198.18.0.1'],
    ['a reserved block', '240.0.0.1'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6 unspecified', '[::]'],
    ['IPv6 link-local', '[fe80::1]'],
    ['IPv6 unique local', '[fd00::1]'],
    ['IPv6 multicast', '[ff02::1]'],
    ['IPv6 documentation', '[2001:db8::1]'],
    ['IPv4 mapped into IPv6', '[::ffff:127.0.0.1]'],
    ['IPv4 mapped into IPv6, in hexadecimal', '[::ffff:a9fe:a9fe]'],
    ['IPv4 translated by NAT64', '[64:ff9b::7f00:1]'],
    ['IPv4 inside 6to4', '[2002:7f00:1::]'],
    ['IPv4 inside Teredo', '[2001:0:7f00:1::]'],
    ['IPv4 translated by a local NAT64', '[64:ff9b:1::7f00:1]'],
    ['IPv6 site-local, retired', '[fec0::1]'],
  ])('is refused: %s', (_, host) => {
    expect(() => check(`https://${host}/song.m4a`)).toThrow(RefusedAddress);
  });

  it.each([
    ['IPv4 in the old compatible form', '[::127.0.0.1]'],
    ['IPv6 that nobody has been given', '[4000::1]'],
  ])('is refused: %s', (_, host) => {
    expect(() => check(`https://${host}/song.m4a`)).toThrow(RefusedAddress);
  });

  it.each(['localhost', 'LOCALHOST'])('is refused behind the name %s', async (name) => {
    // A name passes the first check; the second is made where the connection is.
    check(`https://${name}/`);
    const refused = new Promise((resolve, reject) => {
      publicLookup(name, { all: false }, (error, address) => (error ? reject(error) : resolve(address)));
    });
    await expect(refused).rejects.toThrow(RefusedAddress);
  });
});

describe('an address is refused', () => {
  it.each([
    ['plain http', 'http://media.example/a'],
    ['ftp', 'ftp://media.example/a'],
    ['a file', 'file:///etc/passwd'],
    ['a user name', 'https://me@media.example/a'],
    ['a password', 'https://:secret@media.example/a'],
  ])('for %s', (_, address) => {
    expect(() => check(address)).toThrow(RefusedAddress);
  });
});

describe('a public address', () => {
  it.each([
    'https://storage.googleapis.com/producer-app-public/clips/1.m4a',
    'https://8.8.8.8/a',
    'https://[2606:4700::1111]/a',
    'https://media.example:8443/a',
  ])('is allowed: %s', (address) => {
    expect(() => check(address)).not.toThrow();
  });

  it('is told by its numbers', () => {
    expect(isPublic('8.8.8.8')).toBe(true);
    expect(isPublic('media.example')).toBe(false);
    expect(isPublic('')).toBe(false);
  });
});

describe('a trusted host', () => {
  const trusted = new Set(['127.0.0.1:8080', 'media.local']);

  it.each(['http://127.0.0.1:8080/a', 'https://media.local/a', 'http://media.local:99/a'])(
    'may be private and plain: %s',
    (address) => {
      expect(() => check(address, trusted)).not.toThrow();
      expect(isTrusted(new URL(address), trusted)).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1:8081/a',
    'http://127.0.0.1/a',
    'http://media.local.evil.example/a',
    'http://evil.example/media.local',
    'http://media.local@evil.example/',
    'ftp://media.local/a',
  ])('lends nothing to its neighbours: %s', (address) => {
    expect(() => check(address, trusted)).toThrow(RefusedAddress);
  });
});
