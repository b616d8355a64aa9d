/** Whether images that were pushed are whole. */
import type { Pushed, RegistryClient } from './client';

/** What is wrong with images that have to be there. */
export async function wrongAmong(client: RegistryClient, images: readonly Pushed[]): Promise<readonly string[]> {
  const found = await Promise.all(images.map(({ repository, digest }) => client.wrongWith(repository, digest)));
  return found.flatMap((each) => each ?? []);
}

/** Tags whose images are there in part. One that was not written whole is not found. */
export async function halfImages(client: RegistryClient): Promise<readonly string[]> {
  const found: string[] = [];
  const { repositories } = JSON.parse((await client.ask('GET', '/v2/_catalog')).text) as { repositories: string[] };
  if (repositories.length === 0) throw new Error('the registry has no repositories');
  for (const repository of repositories) {
    const { tags } = JSON.parse((await client.ask('GET', `/v2/${repository}/tags/list`)).text) as { tags?: string[] };
    for (const tag of tags ?? []) {
      const answer = await client.wrongWith(repository, tag);
      if (answer !== undefined && answer !== `${repository}:${tag}: 404`) found.push(answer);
    }
  }
  return found;
}
