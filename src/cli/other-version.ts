/** A cloud that an earlier gear started goes on until it is stopped, and knows only what that gear knew. */
export async function noteOtherVersion({version}: {version: string}, note: (text: string) => void): Promise<void> {
  const {gearVersion} = await import('../local/gear-version.ts');
  const own = gearVersion();
  if (version !== own)
    note(
      `The embedded AWS that runs is of gear ${version}, and this is gear ${own}: gear local stop, then start it again`,
    );
}
