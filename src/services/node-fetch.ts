/**
 * discord.js uploads through an undici of its own, which breaks beside another copy in the process (discordjs
 * issue 11525). Node's own fetch takes Node's own FormData.
 */
export const nodeFetch = async (url: string, init: object): Promise<Response> => {
  const { dispatcher: _, ...rest } = init as RequestInit & { dispatcher?: unknown };
  return fetch(url, rest);
};
